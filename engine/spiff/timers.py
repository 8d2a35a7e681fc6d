"""When a timer is due: texts and FEEL values, turned into moments by the engine's clock."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from engine.bpmn.expressions import SPEAKS_OF_NULL, shown
from engine.bpmn.times import Cycle, NoTime, Span, long_enough, next_of, span, when
from engine.errors import EngineError, Sentence, expected
from engine.feel import YearsMonths, wrap
from engine.feel.calendar import month_length
from engine.spiff.expressions import Formula, stuck

When = datetime | Span | Cycle
Every = timedelta | YearsMonths | str
"""The time between repetitions, as it is kept: a text for a cron expression, or for months and days together."""
_MOST = 2**40
_DAY = timedelta(days=1)


def utc() -> str:
    """The zone where none is asked for."""
    return "UTC"


@dataclass(frozen=True, slots=True)
class Due:
    """An armed timer: the moment, how often it comes again afterwards (None: without end), and the time between.

    `day` is the day of the month that is meant where that is after the 28th; `zone` whose clock counts.
    """

    at: datetime
    again: int | None = 0
    every: Every | None = None
    day: int | None = None
    zone: str | None = None

    def kept(self) -> dict[str, Any]:
        """What is needed to repeat it, as plain values."""
        found = {"due": self.at, "again": self.again, "every": self.every, "day": self.day, "zone": self.zone}
        return {name: value for name, value in found.items() if value is not None or name == "again"}

    def next(self) -> Due | None:
        """The next time, counted from the time that was due, not from when it was handled; None after the last."""
        if self.again == 0 or self.every is None:
            return None
        left = None if self.again is None else self.again - 1
        try:
            at = self._following()
        except (OverflowError, ValueError):
            return None
        return None if at is None else Due(at, left, self.every, self.day, self.zone)

    def _following(self) -> datetime | None:
        if not isinstance(self.every, str):
            return later(self.at, _span(self.every), self.zone, self.day)
        every = span(self.every)
        return next_of(self.every, self.at, self.zone or utc()) if every is None else later(self.at, every, self.zone)


def later(moment: datetime, after: Span, zone: str | None, day: int | None = None) -> datetime:
    """The moment so much later, by the clock of a zone where whole days pass; in a month on that `day`, if it has it.

    Raises OverflowError or ValueError beyond the calendar.
    """
    if zone is None or after.time % _DAY:
        moved = after.after(moment)
    else:
        moved = after.after(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)).replace(tzinfo=ZoneInfo(zone))
    if day is not None and after.months and not after.time:
        moved = moved.replace(day=min(day, month_length(moved.year, moved.month)))
    return moved.astimezone(UTC)


def _span(value: timedelta | YearsMonths | None) -> Span:
    return Span(value.months, timedelta()) if isinstance(value, YearsMonths) else Span(0, value or timedelta())


def _every(found: Span) -> Every:
    if not found.months:
        return found.time
    return found.text if found.time else YearsMonths(found.months)


def meaning(value: Any) -> When | None:
    """What a FEEL value says as a time (a date, a moment, a duration, or a text with one); None for anything else.

    Raises `NoTime` for a text that is a time which cannot be kept.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, timedelta | YearsMonths):
        return _span(value)
    return when(value) if isinstance(value, str) else None


class Timer:
    """A timer's text in a drawing, read once: a literal, or a FEEL expression. Raises `Rejected` for neither."""

    __slots__ = ("element", "formula", "text", "when")

    def __init__(self, text: str, element: str, file: str) -> None:
        self.element = element
        self.text = wrap(text)
        self.when = when(self.text)
        self.formula = Formula(self.text, element, file) if self.when is None else None

    def due(self, variables: Mapping[str, Any], now: datetime, zone: Callable[[], str] = utc) -> Due | None:
        """When it is due; None where there is no time. Cron expressions go by the clock of `zone`.

        Null is no time: a deadline that somebody left open. Raises `Stuck` when the value is neither a time nor null,
        and when it is null only because nothing has set a variable.
        """
        try:
            return self._due(variables, now, zone)
        except NoTime as problem:
            raise self._no_time(problem.reason) from problem
        except (OverflowError, ValueError) as problem:
            raise self._no_time(Sentence("it lies beyond the calendar")) from problem

    def _due(self, variables: Mapping[str, Any], now: datetime, zone: Callable[[], str]) -> Due | None:
        found = self.when
        if self.formula is not None:
            value = self.formula.value(variables, now)
            if value is None:
                self._refuse_unset(self.formula, variables)
                return None
            found = meaning(value)
            if found is None:
                raise self._no_time(Sentence("its expression gave %(value)s", value=shown(value)))
        return resolve(found, now, zone)

    def _refuse_unset(self, formula: Formula, variables: Mapping[str, Any]) -> None:
        """Raises `Stuck` where null comes from a variable never set, unless the expression says null itself."""
        unset = sorted(name for name in formula.expression.names if name not in variables)
        if unset and not SPEAKS_OF_NULL.search(formula.text):
            message = expected(
                "a time for the timer '%(element)s'",
                "'%(text)s' gave null, because nothing has set %(names)s; give the timer a time of its own under Times"
                ", or set the variable in a step before, to null where no time is meant",
                element=self.element,
                text=formula.text,
                names=", ".join(f"'{name}'" for name in unset),
            )
            raise stuck("TIMER", self.element, message)

    def _no_time(self, reason: Sentence) -> EngineError:
        message = expected(
            "a date, a date and time, a duration or a cycle for the timer '%(element)s'",
            "%(reason)s",
            element=self.element,
            reason=reason,
        )
        return stuck("TIMER", self.element, message)


def resolve(found: When | None, now: datetime, zone: Callable[[], str] = utc) -> Due | None:
    """Turns a meaning into a due time, counted from `now` where it is relative."""
    if isinstance(found, Cycle):
        return _cron(found.cron, now, zone()) if found.cron is not None else _first(found, now)
    if isinstance(found, Span):
        return Due(found.after(now))
    return None if found is None else Due(found.astimezone(UTC))


def _cron(cron: str, now: datetime, zone: str) -> Due | None:
    at = next_of(cron, now, zone)
    return None if at is None else Due(at, None, cron, zone=zone)


def _first(cycle: Cycle, now: datetime) -> Due | None:
    """The first time of a repetition that is not over; one that is over comes once, at once."""
    every, left = cycle.every, None if cycle.times is None else cycle.times - 1
    if every is None or left == -1:
        return None
    anchor = cycle.start or cycle.end
    zone = None if anchor is None else getattr(anchor.tzinfo, "key", None)
    begin = every.after(now) if anchor is None else anchor.astimezone(UTC)
    meant = (anchor or now).day
    day = meant if meant > 28 and every.months and not every.time else None
    if cycle.end is not None:
        back = every.times(-1)
        most = min(_MOST, left) if left is not None else _MOST
        count = max(bisect_left(range(most + 1), True, key=lambda n: _nth(begin, back, n, zone, day) < now) - 1, 0)
        return Due(_nth(begin, back, count, zone, day), count, _every(every), day, zone)
    most = min(_MOST, left) if left is not None else _MOST
    missed = bisect_left(range(most), True, key=lambda n: _nth(begin, every, n, zone, day) >= now)
    at = _nth(begin, every, missed, zone, day)
    return Due(at, None if left is None else left - missed, _every(every), day, zone)


def _nth(begin: datetime, every: Span, count: int, zone: str | None, day: int | None) -> datetime:
    """The moment of a repetition; beyond the calendar the last or first moment there is."""
    try:
        return later(begin, every.times(count), zone, day)
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=UTC) if long_enough(every) else datetime.min.replace(tzinfo=UTC)


@lru_cache(maxsize=256)
def configured(text: str, element: str) -> Timer:
    """The timer of a configured setting, which replaces the drawing's."""
    return Timer(text, element, "settings")
