"""Names for new rows: unique without asking anybody, and in the order of their making."""

from __future__ import annotations

import os
import time


def new_id() -> str:
    """A unique id of 32 hex digits; the first twelve are the milliseconds of its making, so that indexes stay dense."""
    return f"{time.time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"
