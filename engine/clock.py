"""Time, as a parameter: production reads the system's clock, tests and the sample company set it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time that due dates, timers and history use."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SimulatedClock:
    """A clock that stands still until it is moved; never backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward by a span that is not negative."""
        if by < timedelta(0):
            raise ValueError(f"Expected to move the clock forward, but got {by}.")
        self._now += by

    def set(self, moment: datetime) -> None:
        """Moves the clock forward to a moment; a moment in the past is refused."""
        self.advance(moment.astimezone(UTC) - self._now)
