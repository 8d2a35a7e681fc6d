"""Working time: Monday to Friday, 09:00 to 18:00 local time, unless the calendar says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from crm.errors import InvalidValue, NoWorkingTime
from crm.titles import both

OPENS, CLOSES = time(9), time(18)
FARTHEST = 3660
MICROSECONDS_PER_HOUR = 3_600_000_000


@dataclass(frozen=True)
class Calendar:
    """One place's working time: its zone, and the days that differ from Monday to Friday (True = working)."""

    zone: ZoneInfo
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        return self.exceptions.get(day, day.weekday() < 5)

    def today(self, now: datetime) -> date:
        """The local date of a moment."""
        return now.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """A local wall-clock time of a day, as a moment in UTC."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def due_after(self, start: datetime, hours: Decimal) -> datetime:
        """The moment in UTC when `hours` (not negative) of working time have passed since `start` (aware).

        Raises `InvalidValue` for negative hours and `NoWorkingTime` for a calendar without working days.
        """
        if hours < 0:
            raise InvalidValue(
                expected=both("0 or more", "0 或以上"),
                field="hours",
                record=both("the hours of a due time", "期限的小时数"),
                value=hours,
            )
        left = timedelta(microseconds=int((hours * MICROSECONDS_PER_HOUR).to_integral_value()))
        for opens, closes in self._shifts(start):
            begin = max(opens, start.astimezone(UTC))
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise NoWorkingTime(start=start)

    def hours_between(self, start: datetime, end: datetime) -> Decimal:
        """How many hours of working time lie between two moments; 0 when the end is not later."""
        spent = timedelta()
        for opens, closes in self._shifts(start):
            if opens >= end:
                break
            spent += max(min(closes, end) - max(opens, start), timedelta())
        return Decimal(int(spent.total_seconds())) / 3600

    def _shifts(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = self.today(start)
        for offset in range(FARTHEST):
            day = first + timedelta(days=offset)
            opens, closes = self.at(day, OPENS), self.at(day, CLOSES)
            if self.is_working(day) and closes > start:
                yield opens, closes

    def working_days_after(self, day: date, count: int) -> date:
        """The day that is `count` (1 or more) working days after `day`."""
        for offset in range(1, FARTHEST):
            candidate = day + timedelta(days=offset)
            count -= self.is_working(candidate)
            if count <= 0:
                return candidate
        raise NoWorkingTime(start=day)
