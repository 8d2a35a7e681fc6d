"""Reckoning with dates, times and durations (DMN 10.3.2.3, table 57); pure functions."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from engine.feel.values import YearsMonths

_MICRO = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_ANY_DAY = date(1970, 1, 1)


def seconds(value: timedelta) -> Decimal:
    """A days and time duration in seconds, exactly."""
    return Decimal(value // _MICRO) / 1_000_000


def from_seconds(value: Decimal) -> timedelta:
    """Seconds as a days and time duration; raises OverflowError when there is no such duration."""
    return timedelta(microseconds=int(value * 1_000_000))


def month_length(year: int, month: int) -> int:
    """Days of the month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _shift_months(value: date, months: int) -> date:
    total = value.year * 12 + value.month - 1 + months
    year, month = divmod(total, 12)
    return value.replace(year=year, month=month + 1, day=min(value.day, month_length(year, month + 1)))


def time_of_day(value: time) -> timedelta:
    """Time since midnight, in its own zone."""
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)


def _shift_time(value: time, duration: timedelta) -> time:
    moved = datetime.combine(_ANY_DAY, time()) + (time_of_day(value) + duration) % _DAY
    return moved.time().replace(tzinfo=value.tzinfo)


def _shift_moment(value: datetime, duration: timedelta) -> datetime:
    # An hour later is an hour later also across a change of daylight saving time.
    if value.tzinfo is None or isinstance(value.tzinfo, timezone):
        return value + duration
    return (value.astimezone(UTC) + duration).astimezone(value.tzinfo)


def add(value: date | time, duration: timedelta | YearsMonths) -> object:
    """Date, time or date and time plus a duration; a month too short for the day ends at its last day.

    Raises ValueError or OverflowError when the calendar does not reach that far.
    """
    if isinstance(duration, YearsMonths):
        assert isinstance(value, date)
        return _shift_months(value, duration.months)
    if isinstance(value, time):
        return _shift_time(value, duration)
    if isinstance(value, datetime):
        return _shift_moment(value, duration)
    return (datetime.combine(value, time()) + duration).date()


def subtract(value: date | time, duration: timedelta | YearsMonths) -> object:
    """Like :func:`add`, backwards."""
    return add(value, YearsMonths(-duration.months) if isinstance(duration, YearsMonths) else -duration)


def as_moment(value: date) -> datetime:
    """A date as its first moment in UTC, a moment as it is (DMN 10.3.2.3.6)."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def between(a: date | time, b: date | time) -> object:
    """``a - b`` as a duration, or None when only one of them has a zone."""
    if isinstance(a, time) and isinstance(b, time):
        if (a.tzinfo is None) != (b.tzinfo is None):
            return None
        return instant_of_day(a) - instant_of_day(b)
    assert isinstance(a, date) and isinstance(b, date)
    if type(a) is date and type(b) is date:
        return a - b
    left, right = as_moment(a), as_moment(b)
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if left.tzinfo is not None:
        left, right = left.astimezone(UTC), right.astimezone(UTC)
    return left - right


def instant_of_day(value: time) -> timedelta:
    """Time since midnight in UTC; a named zone counts with its winter offset of 1970, as it has no day."""
    if value.tzinfo is None:
        return time_of_day(value)
    return time_of_day(value) - (value.tzinfo.utcoffset(datetime.combine(_ANY_DAY, time())) or timedelta())


def months_between(start: date, end: date) -> YearsMonths:
    """Whole months from one day to another (DMN table 76, ``years and months duration``)."""
    if start > end:
        return YearsMonths(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return YearsMonths(months - 1 if end.day < start.day else months)
