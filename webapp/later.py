"""What takes longer than a request should: made beside the requests, one after the other, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

from flask import copy_current_request_context

Made = TypeVar("Made")


class Later(Generic[Made]):
    """The last `kept` values, by keys that stand for everything that each was made from."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._made: OrderedDict[str, Future[Made]] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "later")

    def get(self, key: str, make: Callable[[], Made]) -> Made | None:
        """The value of a key, None as long as it is being made; `make` sees the request that asked first.

        Raises what making it raised, and makes it anew for who asks after that.
        """
        with self._lock:
            if key not in self._made:
                self._made[key] = self._worker.submit(copy_current_request_context(make))
                while len(self._made) > self._kept:
                    self._made.popitem(last=False)[1].cancel()
            self._made.move_to_end(key)
            found = self._made[key]
            if not found.done():
                return None
            if found.exception() is not None:
                del self._made[key]
        return found.result()
