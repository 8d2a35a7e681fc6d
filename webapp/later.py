"""What takes longer than a request should: made beside the requests, one after the other, and kept for a while."""

from __future__ import annotations

import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from flask import copy_current_request_context

log = logging.getLogger("salesflow.web")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Failed:
    """That a value could not be made: the log says why, under this number."""

    number: str


class Later(Generic[Made]):
    """The last `kept` values, by keys that stand for everything that each was made from."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._made: OrderedDict[str, Future[Made] | Failed] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "later")

    def get(self, key: str, make: Callable[[], Made]) -> Made | Failed | None:
        """The value of a key, None as long as it is being made; `make` sees the request that asked first.

        What has failed is not tried again before somebody wishes so (`forget`).
        """
        with self._lock:
            if key not in self._made:
                self._begin(key, make)
            self._made.move_to_end(key)
            found = self._made[key]
            if isinstance(found, Failed):
                return found
            if not found.done():
                return None
            problem = found.exception()
            if problem is None:
                return found.result()
            failed = self._made[key] = Failed(uuid.uuid4().hex[:8])
        log.error("failure %s beside the requests", failed.number, exc_info=problem)
        return failed

    def _begin(self, key: str, make: Callable[[], Made]) -> None:
        self._made[key] = self._worker.submit(copy_current_request_context(make))
        while len(self._made) > self._kept:
            _, oldest = self._made.popitem(last=False)
            if isinstance(oldest, Future):
                oldest.cancel()

    def forget(self, key: str) -> None:
        """Lets what could not be made be tried again for who asks next; anything else stays."""
        with self._lock:
            if isinstance(self._made.get(key), Failed):
                del self._made[key]
