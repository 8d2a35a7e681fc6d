"""Dates, times and durations as text (DMN 10.3.2.3.4-8): reading and writing."""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel.far import Day, Moment, Span, clock_of, combine, day_of, make_day, micros_of, span
from engine.feel.values import YearsMonths

_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,20}))?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*)?"
)
_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?")
_DAYS = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,12})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,15}(?:\.[0-9]{1,20})?)S)?)?"
)
_WIDEST_OFFSET = timedelta(hours=18)


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo | None:
    """The time zone of an IANA name, or None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def offset_zone(offset: Span) -> tzinfo | None:
    """A zone with a fixed offset from UTC (at most 18 hours), or None."""
    if not isinstance(offset, timedelta) or abs(offset) > _WIDEST_OFFSET or offset.microseconds:
        return None
    return UTC if not offset else timezone(offset)


def _read_zone(text: str) -> tzinfo | None:
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return zone(text[1:])
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[3]) > 59 or int(match[4] or 0) > 59:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return offset_zone(-offset if match[1] == "-" else offset)


def read_date(text: str) -> Day | None:
    """``2024-02-29`` as a date, or None when it is none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """``10:30:00``, with fraction and with ``Z``, offset or ``@Zone`` after it, or None when it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    where = _read_zone(match[5]) if match[5] else None
    if match[5] and where is None:
        return None
    micros = int(((match[4] or "") + "000000")[:6])
    try:
        return time(int(match[1]), int(match[2]), int(match[3]), micros, where)
    except ValueError:
        return None


def read_date_and_time(text: str) -> Moment | None:
    """``2024-02-29T10:30:00`` with an optional zone, or None when it is none."""
    day, separator, clock = text.partition("T")
    if not separator:
        return None
    left, right = read_date(day), read_time(clock)
    return combine(left, right) if left is not None and right is not None else None


def read_duration(text: str) -> Span | YearsMonths | None:
    """``P1DT2H`` or ``P1Y6M``, or None when it is neither (the two are never mixed)."""
    match = _MONTHS.fullmatch(text)
    if match is not None:
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    minutes = (int(match[2] or 0) * 24 + int(match[3] or 0)) * 60 + int(match[4] or 0)
    micros = minutes * 60_000_000 + int(Decimal(match[5] or 0) * 1_000_000)
    try:
        return span(-micros if match[1] else micros)
    except OverflowError:
        return None


def read_temporal(text: str) -> object:
    """What ``@"text"`` means: date, time, date and time or duration; None when it is none of them."""
    for read in (read_date, read_date_and_time, read_time, read_duration):
        value = read(text)
        if value is not None:
            return value
    return None


def _write_clock(hour: int, minute: int, second: int, micros: int) -> str:
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    return f"{hour:02d}:{minute:02d}:{second:02d}{fraction}"


def zone_name(where: tzinfo | None) -> str | None:
    """The IANA name of a zone, or None for a fixed offset and for no zone."""
    return where.key if isinstance(where, ZoneInfo) else None


def _write_zone(where: tzinfo | None) -> str:
    if where is None:
        return ""
    name = zone_name(where)
    if name is not None:
        return "@" + name
    offset = where.utcoffset(None) or timedelta()
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    text = f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text


def write_date(value: Day) -> str:
    """The date as ISO text."""
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def write_time(value: time) -> str:
    """The time as ISO text, zone included."""
    return _write_clock(value.hour, value.minute, value.second, value.microsecond) + _write_zone(value.tzinfo)


def write_date_and_time(value: Moment) -> str:
    """The moment as ISO text, zone included."""
    return f"{write_date(day_of(value))}T{write_time(clock_of(value))}"


def write_duration(value: Span | YearsMonths) -> str:
    """The duration as ISO text, in its shortest form."""
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-P" if value.months < 0 else "P") + parts
    seconds, micros = divmod(abs(micros_of(value)), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-P" if micros_of(value) < 0 else "P") + (text or "T0S")
