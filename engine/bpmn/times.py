"""What times are written as in drawings: ISO 8601 dates, durations and repetitions, and cron expressions.

Rules where the notations leave it open: a date and time without a zone is in UTC, a date its first
moment in UTC. A repetition with a start in a named zone keeps that zone's clock when it goes by days or
months; after the 31st comes the last day of a shorter month. `R3/PT1H/<end>` counts back from its end.
A cron expression follows the zone of the company; its days of the week go by name where it has seconds,
because tools number them in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from engine.errors import Sentence
from engine.feel import YearsMonths, add_duration
from engine.feel.literals import parse_date, parse_date_and_time

SHORTEST = timedelta(seconds=1)
"""A repetition that comes more often would never rest."""
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=\d|T\d)(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?(?:(?P<weeks>\d{1,9})W)?"
    r"(?:(?P<days>\d{1,9})D)?(?:T(?=\d)(?:(?P<hours>\d{1,12})H)?(?:(?P<minutes>\d{1,14})M)?"
    r"(?:(?P<seconds>\d{1,15}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(?P<times>\d{0,9})/(?P<first>.+?)(?:/(?P<second>P[^/]*|\d[^/@]*(?:@.+)?))?", re.ASCII)
_FIELD = re.compile(
    r"[*?\d][\w*?,/#-]*|L[\w-]*|(?:MON|TUE|WED|THU|FRI|SAT|SUN)[\w,/#-]*|[A-Z]{3}[A-Z0-9,/-]*",
    re.IGNORECASE | re.ASCII,
)
_WEEKDAYS = {name: str(number) for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split())}
_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_NO_SECONDS = re.compile(r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?!:)", re.ASCII)
_LONGEST_CRON = 1_000
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: months, which are as long as the calendar says, and then an exact time."""

    months: int
    time: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment so much later. Raises OverflowError or ValueError beyond the calendar."""
        return add_duration(add_duration(moment, YearsMonths(self.months)) if self.months else moment, self.time)

    @property
    def text(self) -> str:
        """How it is written."""
        return f"P{self.months}MT{self.time.total_seconds():f}S"

    def times(self, count: int) -> Span:
        """So many of it, one after the other."""
        return Span(self.months * count, self.time * count)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repetition, `times` times (None: without end): each `every` after the one before, or as a `cron` says.

    The first is at `start` (None: one `every` from now); the last at `end`, where that is given instead.
    """

    times: int | None
    every: Span | None = None
    start: datetime | None = None
    end: datetime | None = None
    cron: str | None = None


When = datetime | Span | Cycle


class NoTime(ValueError):
    """A text is written as a time, but is none that can be kept; `reason` says why."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


_BEYOND = Sentence("it lies beyond the calendar")


def when(text: str) -> When | None:
    """What a text says as a time; None when it is not written as one. Raises `NoTime` for one that is wrong."""
    text = text.strip()
    cron = _cron(text)
    if cron is not None:
        return Cycle(None, cron=cron)
    cycle = _CYCLE.fullmatch(text)
    if cycle:
        return _cycle(cycle)
    found = span(text) or moment(text)
    if found is None and not text.isascii():
        _refuse_other_signs(text)
    return found


def _refuse_other_signs(text: str) -> None:
    """Raises `NoTime` for a time in digits or signs of another writing (`３`, `：`), naming the first of them."""
    plain = [_plain(sign) for sign in text]
    differ = [(sign, one) for sign, one in zip(text, plain, strict=True) if sign != one]
    if differ and written("".join(plain)):
        other, meant = differ[0]
        raise NoTime(Sentence("it has %(sign)s where %(plain)s is meant", sign=other, plain=meant))


def _plain(sign: str) -> str:
    """The digit 0 to 9, or the plain form, of a sign."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else unicodedata.normalize("NFKC", sign)


def span(text: str) -> Span | None:
    """A duration such as `P1M2DT3H` or `P2W`; None when the text is none."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    found: Mapping[str, str | None] = match.groupdict()
    years, months, weeks, days, hours, minutes = (
        int(found[name] or 0) for name in ("years", "months", "weeks", "days", "hours", "minutes")
    )
    sign = -1 if found["sign"] else 1
    try:
        exact = timedelta(weeks * 7 + days, float(found["seconds"] or 0), 0, 0, minutes, hours)
    except OverflowError:
        raise NoTime(_BEYOND) from None
    return Span(sign * (years * 12 + months), sign * exact)


def moment(text: str) -> datetime | None:
    """A date, or a date and time, as a moment in UTC or in the zone that it names; None when the text is none."""
    found = parse_date_and_time(_NO_SECONDS.sub(r"\1:00", text))
    if found is not None:
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    day = parse_date(text)
    return None if day is None else datetime.combine(day, time(), UTC)


def _cycle(match: re.Match[str]) -> Cycle | None:
    times = int(match["times"]) if match["times"] else None
    first, second = match["first"], match["second"]
    every, start, end = span(second or first), None, None
    if second is not None and every is not None:
        start = moment(first)
    elif second is not None:
        every, end = span(first), moment(second)
        start = moment(first) if every is None else None
        if start is not None and end is not None:
            every, end = Span(0, end - start), None
    if every is None or (second is not None and start is None and end is None):
        return None
    if not long_enough(every):
        raise NoTime(Sentence("it comes more often than once a second"))
    return Cycle(times, every, start, end)


def long_enough(every: Span) -> bool:
    """Whether a repetition after that time ever rests. Raises `NoTime` beyond the calendar."""
    return in_the_calendar(every) >= _ANY_DAY + SHORTEST


def in_the_calendar(found: Span) -> datetime:
    """The end of a duration that begins in the year 2000. Raises `NoTime` when the calendar does not reach there."""
    try:
        return found.after(_ANY_DAY)
    except (OverflowError, ValueError):
        raise NoTime(_BEYOND) from None


def _cron(text: str) -> str | None:
    """A cron expression as the library reads it; None when the text is none. Raises `NoTime` for one it cannot."""
    fields = _MACROS.get(text.lower(), text).upper().split()
    if not 5 <= len(fields) <= 7 or not all(map(_FIELD.fullmatch, fields)):
        return None
    if len(text) > _LONGEST_CRON:
        raise NoTime(Sentence("a cron expression has at most %(limit)s characters", limit=_LONGEST_CRON))
    if len(fields) == 7:
        year = fields.pop()
        if year not in ("*", "?"):
            raise NoTime(Sentence("years such as %(year)s in a cron expression are not kept", year=year))
    if len(fields) == 6:
        _refuse_unclear(fields)
    days = re.sub(r"-SUN\b", "-7", fields[-1].replace("?", "*"))
    fields[-1] = re.sub("|".join(_WEEKDAYS), lambda found: _WEEKDAYS[found[0]], days)
    cron = " ".join(field.replace("?", "*") for field in fields)
    try:
        comes = next(CronSim(cron, _ANY_DAY), None)
    except (CronSimError, AssertionError, TypeError, ValueError) as problem:
        raise NoTime(Sentence("the cron expression has a part that is unknown or out of range")) from problem
    if comes is None:
        raise NoTime(Sentence("the cron expression never comes"))
    return cron


def _refuse_unclear(fields: list[str]) -> None:
    """Refuses what tools with seconds in their cron expressions understand in different ways."""
    if re.search(r"(?<![#/\d])\d", fields[-1]):
        raise NoTime(Sentence("by 1 some tools mean Sunday and some Monday; write weekdays as MON, TUE and so on"))
    if not fields[3].startswith(("*", "?")) and not fields[5].startswith(("*", "?")):
        raise NoTime(Sentence("some tools want both the day of the month and the weekday, some either; write ? once"))


def written(text: str) -> bool:
    """Whether a text is written as a time rather than as FEEL, rightly or wrongly."""
    try:
        return when(text) is not None or _LOOKS.match(text.strip()) is not None
    except NoTime:
        return True


_LOOKS = re.compile(
    r"\d+(\.\d+)?$|\d{4}-W?\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}$|-?PT?$|-?PT?[-\d]|R[-\d]*/|@|\*"
    r"|[\dTYMWDHS.]*\d[TYMWDHS][\dTYMWDHS.]*$",
    re.IGNORECASE | re.ASCII,
)


def next_of(cron: str, after: datetime, zone: str) -> datetime | None:
    """The next time of a cron expression in a zone; None when none comes any more."""
    try:
        found = next(CronSim(cron, after.astimezone(ZoneInfo(zone))), None)
    except OverflowError:
        return None
    return None if found is None else found.astimezone(UTC)
