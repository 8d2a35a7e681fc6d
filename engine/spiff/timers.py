"""When a timer is due: ISO 8601 texts and FEEL values, turned into moments by the engine's clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from engine.errors import EngineError, expected
from engine.feel import YearsMonths, add_duration, wrap
from engine.feel.literals import parse_date, parse_date_and_time, parse_duration
from engine.spiff.expressions import Formula, stuck

CYCLE = re.compile(r"R([0-9]{0,9})/([^/]+)(?:/([^/]+))?")
Span = timedelta | YearsMonths


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repetition: `times` (None: without end), first at `start` (None: one `every` from now), then each `every`."""

    times: int | None
    start: datetime | None
    every: Span


@dataclass(frozen=True, slots=True)
class Due:
    """An armed timer: the moment, how often it comes again afterwards (None: without end), and the time between."""

    at: datetime
    again: int | None = 0
    every: Span | None = None


When = datetime | timedelta | YearsMonths | Cycle


def literal(text: str) -> When | None:
    """The meaning of an ISO 8601 date, date and time, duration or cycle; None when the text is none of these."""
    cycle = CYCLE.fullmatch(text)
    if cycle:
        return _cycle(cycle)
    return parse_duration(text) or _moment(text)


def _moment(text: str) -> datetime | None:
    moment = parse_date_and_time(text)
    if moment is not None:
        return _aware(moment)
    day = parse_date(text)
    return None if day is None else datetime.combine(day, time(), UTC)


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _cycle(match: re.Match[str]) -> Cycle | None:
    times = int(match[1]) if match[1] else None
    start = _moment(match[2]) if match[3] else None
    every = parse_duration(match[3] or match[2])
    if every is None or (match[3] and start is None):
        return None
    return Cycle(times, start, every)


def meaning(value: Any) -> When | None:
    """What a FEEL value says as a time (a date, a moment, a duration, or a text with one); None for anything else."""
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, timedelta | YearsMonths):
        return value
    return literal(value) if isinstance(value, str) else None


class Timer:
    """A timer's text in a drawing, read once: a literal, or a FEEL expression."""

    __slots__ = ("element", "formula", "when")

    def __init__(self, text: str, element: str, file: str) -> None:
        self.element = element
        bare = wrap(text)
        self.when = literal(bare)
        self.formula = Formula(bare, element, file) if self.when is None else None

    def due(self, variables: Mapping[str, Any], now: datetime) -> Due | None:
        """When it is due; None for a null time. Raises `Stuck` when the value is no time."""
        try:
            return self._due(variables, now)
        except (OverflowError, ValueError) as problem:
            raise self._no_time("a time outside the calendar") from problem

    def _due(self, variables: Mapping[str, Any], now: datetime) -> Due | None:
        when = self.when
        if self.formula is not None:
            value = self.formula.value(variables, now)
            if value is None:
                return None
            when = meaning(value)
            if when is None:
                raise self._no_time(repr(value))
        return resolve(when, now)

    def _no_time(self, value: str) -> EngineError:
        message = expected(
            "a date, a date and time, a duration or a cycle for the timer '%(element)s'",
            "its expression gave %(value)s",
            element=self.element,
            value=value,
        )
        return stuck("TIMER", self.element, message)


def resolve(when: When | None, now: datetime) -> Due | None:
    """Turns a meaning into a due time, counted from `now` where it is relative."""
    if isinstance(when, Cycle):
        if when.times == 0:
            return None
        again = None if when.times is None else when.times - 1
        return Due(when.start or add_duration(now, when.every), again, when.every)
    if isinstance(when, timedelta | YearsMonths):
        return Due(add_duration(now, when))
    return None if when is None else Due(when)


@lru_cache(maxsize=256)
def configured(text: str, element: str) -> Timer:
    """The timer of a configured setting, which replaces the drawing's."""
    return Timer(text, element, "settings")
