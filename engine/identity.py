"""Names for new rows: unique without asking anybody, and in the order of their making."""

from __future__ import annotations

import itertools
import os
import time

_COUNT = itertools.count()


def new_id() -> str:
    """A unique id of 32 hex digits: microseconds, a counter, chance. Ids made by one process sort in their order."""
    return f"{time.time_ns() // 1000:014x}{next(_COUNT) % 0x1000:03x}{os.urandom(8).hex()[:15]}"
