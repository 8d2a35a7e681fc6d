"""Dates of any year that the standard has, and long durations: those that Python has not get types of their own.

The calendar is the Gregorian one for all time (ISO 8601), with a year 0 before the year 1.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LAST_YEAR = 999_999_999
"""The first year is as far away on the other side (DMN 10.3.4.1, XML Schema dates)."""
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_MICRO = timedelta(microseconds=1)
_DAY_MICROS = timedelta(days=1) // _MICRO
_SHORTEST_FAR = 999_999_999 * _DAY_MICROS
_LONGEST = 10**12 * _DAY_MICROS


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date before the year 1 or after 9999."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class FarMoment:
    """A date and time whose date is far; ``clock`` holds the zone."""

    date: FarDate
    clock: time


@dataclass(frozen=True, slots=True)
class FarSpan:
    """A days and time duration of more than the 999,999,999 days that Python has."""

    micros: int

    def __neg__(self) -> "FarSpan":
        return FarSpan(-self.micros)

    def __abs__(self) -> "FarSpan":
        return FarSpan(abs(self.micros))

    def __lt__(self, other: "Span") -> bool:
        return self.micros < micros_of(other)

    def __le__(self, other: "Span") -> bool:
        return self.micros <= micros_of(other)

    def __gt__(self, other: "Span") -> bool:
        return self.micros > micros_of(other)

    def __ge__(self, other: "Span") -> bool:
        return self.micros >= micros_of(other)


Day = date | FarDate
Moment = datetime | FarMoment
Span = timedelta | FarSpan


def micros_of(value: Span) -> int:
    """The duration in microseconds."""
    return value.micros if isinstance(value, FarSpan) else value // _MICRO


def span(micros: int) -> Span:
    """The duration of so many microseconds; raises OverflowError when it is out of range."""
    if abs(micros) > _LONGEST:
        raise OverflowError("The duration is out of range.")
    return timedelta(microseconds=micros) if _SHORTEST_FAR > micros > -_SHORTEST_FAR else FarSpan(micros)


def near(day: Day) -> date:
    """The date in the years 2000 to 2399 that has the same month, day, day of the week and week number."""
    return date(2000 + day.year % _CYCLE_YEARS, day.month, day.day)


def make_day(year: int, month: int, day: int) -> Day:
    """The date of these numbers; raises ValueError when there is none."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    if abs(year) > LAST_YEAR:
        raise ValueError("The year is out of range.")
    date(2000 + year % _CYCLE_YEARS, month, day)
    return FarDate(year, month, day)


def ordinal(day: Day) -> int:
    """Days since the last day of the year 0."""
    if isinstance(day, date):
        return day.toordinal()
    return near(day).toordinal() + (day.year - near(day).year) // _CYCLE_YEARS * _CYCLE_DAYS


def from_ordinal(days: int) -> Day:
    """The date with this ordinal; raises ValueError when it is out of range."""
    base = date(2000, 1, 1).toordinal()
    cycles, rest = divmod(days - base, _CYCLE_DAYS)
    found = date.fromordinal(base + rest)
    return make_day(found.year + cycles * _CYCLE_YEARS, found.month, found.day)


def combine(day: Day, clock: time) -> Moment:
    """A date with a time of the day."""
    return FarMoment(day, clock) if isinstance(day, FarDate) else datetime.combine(day, clock)


def day_of(value: Day | Moment) -> Day:
    """The date of a moment; a date as it is."""
    if isinstance(value, FarMoment):
        return value.date
    return value.date() if isinstance(value, datetime) else value


def clock_of(value: Moment) -> time:
    """The time of the day, with its zone."""
    return value.clock if isinstance(value, FarMoment) else value.timetz()


def offset_of(value: Moment) -> timedelta | None:
    """The offset from UTC; that of a named zone is taken from the nearest year that Python knows."""
    if isinstance(value, datetime):
        return value.utcoffset()
    where = value.clock.tzinfo
    known = date(2 if value.date.year < 1 else 9998, value.date.month, min(value.date.day, 28))
    return None if where is None else where.utcoffset(datetime.combine(known, time()))


def _micros(value: Moment) -> int:
    clock = clock_of(value)
    passed = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
    return ordinal(day_of(value)) * _DAY_MICROS + passed // _MICRO


def instant(value: Moment) -> int:
    """Microseconds on a line that all moments share: in UTC, or of no zone."""
    return _micros(value) - (offset_of(value) or timedelta()) // _MICRO


def later(value: Moment, duration: Span) -> Moment:
    """The moment after the duration on its own clock; raises ValueError when it is out of range."""
    days, micros = divmod(_micros(value) + micros_of(duration), _DAY_MICROS)
    clock = (datetime.combine(date(2000, 1, 1), time()) + timedelta(microseconds=micros)).time()
    return combine(from_ordinal(days), clock.replace(tzinfo=clock_of(value).tzinfo))
