"""How often each element was entered, one byte per element."""

from __future__ import annotations

from typing import Any

FULL = 255


class Counts:
    """Counts entries per element: a byte each, and a table for the few that turn more than 254 times."""

    __slots__ = ("bytes", "more")

    def __init__(self, packed: bytes, more: dict[int, int]) -> None:
        self.bytes = bytearray(packed)
        self.more = more

    def next(self, spec: Any) -> int:
        """Counts one entry of a step; the answer is how often it had been entered before."""
        index: int = spec.counter
        count = self.bytes[index]
        if count < FULL:
            self.bytes[index] = count + 1
            if count + 1 == FULL:
                self.more[index] = FULL
            return count
        before = self.more[index]
        self.more[index] = before + 1
        return before

    def peek(self, spec: Any) -> int:
        """How often a step has been entered so far."""
        count = self.bytes[spec.counter]
        return self.more[spec.counter] if count == FULL else count
