"""What a report is asked: a period, the people it is about, and what the engine knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median, quantiles
from typing import Protocol

from crm.measures.frame import Asked
from crm.report_runs import Names, Sheet

__all__ = ["ApprovalFacts", "Asked", "Names", "ProcessFacts", "Report", "Scope", "Sheet", "WaitingFacts"]

MANY = 2
CENT = Decimal("0.01")


class ApprovalFacts(Protocol):
    """A decided approval; the times are those of the first request in its chain."""

    @property
    def type(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def approver(self) -> str | None: ...
    @property
    def approved(self) -> bool: ...
    @property
    def requested_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def decided_at(self) -> datetime: ...
    @property
    def escalations(self) -> int: ...


class ProcessFacts(Protocol):
    """How one process fared in the period."""

    @property
    def key(self) -> str: ...
    @property
    def running(self) -> int: ...
    @property
    def completed(self) -> int: ...
    @property
    def cancelled(self) -> int: ...
    @property
    def cycle_hours(self) -> tuple[Decimal, ...]: ...
    @property
    def incidents(self) -> int: ...
    @property
    def marked(self) -> int: ...
    @property
    def skipped(self) -> int: ...


class WaitingFacts(Protocol):
    """The tasks that wait for a group; None: for people by name."""

    @property
    def group(self) -> str | None: ...
    @property
    def count(self) -> int: ...
    @property
    def overdue(self) -> int: ...
    @property
    def oldest(self) -> datetime: ...


@dataclass(frozen=True)
class Scope:
    """Whose figures of which period, with what the engine knows of it."""

    asked: Asked
    period: str
    approvals: Sequence[ApprovalFacts] = ()
    processes: Sequence[ProcessFacts] = ()
    waiting: Sequence[WaitingFacts] = ()


@dataclass(frozen=True)
class Report:
    """One report of catalogue 11.1: its number, its title, and the function that makes its tables."""

    code: str
    title: Names
    make: Callable[[Scope], list[Sheet]]


def middle(values: Iterable[Decimal]) -> Decimal | None:
    """The median, or None of nothing."""
    found = list(values)
    return rounded(median(found)) if found else None


def ninetieth(values: Iterable[Decimal]) -> Decimal | None:
    """The ninetieth percentile (inclusive method), or None of nothing."""
    found = list(values)
    if len(found) < MANY:
        return rounded(found[0]) if found else None
    return rounded(quantiles(found, n=10, method="inclusive")[-1])


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A percentage with two places; None where the whole is zero (n/a)."""
    return rounded(Decimal(part) * 100 / Decimal(whole)) if whole else None


def rounded(value: Decimal) -> Decimal:
    """A value with two places."""
    return value.quantize(CENT, ROUND_HALF_UP)
