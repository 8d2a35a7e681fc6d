"""Reckoning with dates, times and durations (DMN 10.3.2.3, table 57); pure functions."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from engine.feel import far
from engine.feel.far import Day, FarMoment, FarSpan, Moment, Span
from engine.feel.values import YearsMonths

_MICRO = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_ANY_DAY = date(1970, 1, 1)


def seconds(value: Span) -> Decimal:
    """A days and time duration in seconds, exactly."""
    return Decimal(far.micros_of(value)) / 1_000_000


def from_seconds(value: Decimal) -> Span:
    """Seconds as a days and time duration; raises OverflowError when there is no such duration."""
    return far.span(int(value * 1_000_000))


def month_length(year: int, month: int) -> int:
    """Days of the month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _shift_months(day: Day, months: int) -> Day:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return far.make_day(year, month + 1, min(day.day, month_length(year, month + 1)))


def time_of_day(value: time) -> timedelta:
    """Time since midnight, in its own zone."""
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)


def _shift_time(value: time, duration: Span) -> time:
    passed = timedelta(microseconds=far.micros_of(duration) % (_DAY // _MICRO))
    moved = datetime.combine(_ANY_DAY, time()) + (time_of_day(value) + passed) % _DAY
    return moved.time().replace(tzinfo=value.tzinfo)


def _shift_moment(value: Moment, duration: Span) -> Moment:
    if isinstance(value, FarMoment) or isinstance(duration, FarSpan):
        return far.later(value, duration)
    try:
        return _shift_near(value, duration)
    except OverflowError:
        return far.later(value, duration)


def _shift_near(value: datetime, duration: timedelta) -> datetime:
    # An hour later is an hour later also across a change of daylight saving time.
    if value.tzinfo is None or isinstance(value.tzinfo, timezone):
        return value + duration
    return (value.astimezone(UTC) + duration).astimezone(value.tzinfo)


def add(value: Day | Moment | time, duration: Span | YearsMonths) -> object:
    """Date, time or date and time plus a duration; a month too short for the day ends at its last day.

    Raises ValueError or OverflowError when the calendar does not reach that far.
    """
    if isinstance(duration, YearsMonths):
        assert not isinstance(value, time)
        day = _shift_months(far.day_of(value), duration.months)
        return far.combine(day, far.clock_of(value)) if isinstance(value, datetime | FarMoment) else day
    if isinstance(value, time):
        return _shift_time(value, duration)
    if isinstance(value, datetime | FarMoment):
        return _shift_moment(value, duration)
    return far.day_of(_shift_moment(far.combine(value, time()), duration))


def subtract(value: Day | Moment | time, duration: Span | YearsMonths) -> object:
    """Like :func:`add`, backwards."""
    return add(value, YearsMonths(-duration.months) if isinstance(duration, YearsMonths) else -duration)


def as_moment(value: Day | Moment) -> Moment:
    """A date as its first moment in UTC, a moment as it is (DMN 10.3.2.3.6)."""
    return value if isinstance(value, datetime | FarMoment) else far.combine(value, time(tzinfo=UTC))


def between(a: Day | Moment | time, b: Day | Moment | time) -> object:
    """``a - b`` as a duration, or None when only one of them has a zone."""
    if isinstance(a, time) and isinstance(b, time):
        if (a.tzinfo is None) != (b.tzinfo is None):
            return None
        return instant_of_day(a) - instant_of_day(b)
    assert not isinstance(a, time) and not isinstance(b, time)
    if type(a) is date and type(b) is date:
        return a - b
    left, right = as_moment(a), as_moment(b)
    if has_zone(left) != has_zone(right):
        return None
    return far.span(far.instant(left) - far.instant(right))


def has_zone(value: Moment) -> bool:
    """Whether a moment says where it is."""
    return far.clock_of(value).tzinfo is not None


def instant_of_day(value: time) -> timedelta:
    """Time since midnight in UTC; a named zone counts with its winter offset of 1970, as it has no day."""
    if value.tzinfo is None:
        return time_of_day(value)
    return time_of_day(value) - (value.tzinfo.utcoffset(datetime.combine(_ANY_DAY, time())) or timedelta())


def months_between(start: Day, end: Day) -> YearsMonths:
    """Whole months from one day to another (DMN table 76, ``years and months duration``)."""
    if far.ordinal(start) > far.ordinal(end):
        return YearsMonths(-months_between(end, start).months)
    months = (end.year - start.year) * 12 + end.month - start.month
    return YearsMonths(months - 1 if end.day < start.day else months)
