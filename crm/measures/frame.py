"""What a measure is asked and what it answers: a figure out of a numerator and a denominator, or none at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from sqlalchemy import Connection

PLACES = Decimal("0.0001")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Asked:
    """Which figures: of these people (logins), from the first to the last day, seen at `now`."""

    connection: Connection
    people: tuple[str, ...]
    first: date
    last: date
    now: datetime

    @property
    def begins(self) -> datetime:
        """The first moment of the period, in UTC."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after the period, in UTC."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)

    @property
    def days(self) -> int:
        """How many days of the period have passed at `now`."""
        end = min(self.last, self.now.date())
        return max((end - self.first).days + 1, 0)


@dataclass(frozen=True)
class Figure:
    """A value with what it was made of; without a value where the denominator is zero (n/a, never 0 or 100)."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


Measure = Callable[[Asked], Figure]
Measures = Mapping[str, Measure]
NOTHING = Figure(None)


def rounded(value: Decimal) -> Decimal:
    """A value with four places."""
    return value.quantize(PLACES, ROUND_HALF_UP)


def ratio(numerator: Decimal | int, denominator: Decimal | int) -> Figure:
    """A plain quotient."""
    top, bottom = Decimal(numerator), Decimal(denominator)
    return Figure(rounded(top / bottom) if bottom else None, rounded(top), rounded(bottom))


def share(part: Decimal | int, whole: Decimal | int) -> Figure:
    """A percentage of the whole."""
    top, bottom = Decimal(part), Decimal(whole)
    return Figure(rounded(top / bottom * HUNDRED) if bottom else None, rounded(top), rounded(bottom))


def mean(values: Iterable[Decimal]) -> Figure:
    """The arithmetic mean."""
    found = list(values)
    return ratio(sum(found, Decimal(0)), len(found))


def middle(values: Iterable[Decimal]) -> Figure:
    """The median."""
    found = list(values)
    return Figure(rounded(median(found)) if found else None, None, Decimal(len(found)))


def days_between(begin: datetime, end: datetime) -> Decimal:
    """How many days lie between two moments."""
    return Decimal(int((end - begin).total_seconds())) / 86_400


def attainment(value: Decimal | None, target: Decimal | None, direction: str) -> Decimal | None:
    """How far a target is reached, in percent, from 0 to 200: actual over target, or target over actual (D24)."""
    if value is None or target is None:
        return None
    top, bottom = (value, target) if direction == "higher" else (target, value)
    if bottom <= 0:
        return None if direction == "higher" else Decimal(200)
    reached = (top / bottom * HUNDRED).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return min(max(reached, Decimal(0)), Decimal(200))
