"""What is made from content that never changes, kept for every engine of the process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class ByContent(Generic[Made]):
    """The `size` values used last, by the hash of the content that each was made from.

    Two engines on two databases with the same definitions share one compiled drawing.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, content_hash: str, make: Callable[[], Made]) -> Made:
        """The value of this content, made now if it is not kept; of two made at once the first is kept."""
        with self._lock:
            if content_hash in self._kept:
                self._kept.move_to_end(content_hash)
                return self._kept[content_hash]
        made = make()
        with self._lock:
            found = self._kept.setdefault(content_hash, made)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return found


class OfLarge(Generic[Made]):
    """What was made from large files, used last: of at most `most` bytes together, and the newest in any case."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, tuple[int, Made]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, size: int, make: Callable[[], Made]) -> Made:
        """The value of a key, made now if it is not kept; `size` is that of the file."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        made = make()
        with self._lock:
            self._kept[key] = size, made
            while len(self._kept) > 1 and sum(each for each, _ in self._kept.values()) > self.most:
                self._kept.popitem(last=False)
        return made
