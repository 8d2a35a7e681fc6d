"""The wired engine: what every command needs, joined once in bootstrap."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from engine.cache import ByContent
from engine.clock import Clock, SystemClock
from engine.company import Directory, RecordChange, Records
from engine.contract import Schedule
from engine.errors import Finding
from engine.registry import Registry
from engine.transaction import Database

KEPT_FINDINGS = 64


@dataclass(frozen=True)
class Limits:
    """Bounds that keep one instance from harming the others."""

    steps_per_command: int = 10_000
    live_tokens: int = 10_000
    starts_per_hour: int = 1000
    message_kept: timedelta = timedelta(days=7)
    retry_delays: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
    lease: timedelta = timedelta(seconds=30)
    crashes_before_incident: int = 5
    variables_bytes: int = 2_000_000
    local_handler: timedelta = timedelta(seconds=60)


@dataclass(frozen=True)
class Option:
    """One choice of a reference field: the stored value, and its label by language."""

    value: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Sought:
    """Which choices of a long list are wanted: those whose label has `text` in it, and in any case these `values`."""

    text: str = ""
    values: frozenset[str] = frozenset()

    @classmethod
    def among(cls, *answers: Any, text: str = "") -> Sought:
        """With every text in these answers as a value; they may be rows, and rows in rows."""
        return cls(text, frozenset(_texts(answers)))


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping | list | tuple):
        for each in answer.values() if isinstance(answer, Mapping) else answer:
            yield from _texts(each)


class References(Protocol):
    """Gives the choices of reference fields (`reason_code:disqualify`) to a user; `bootstrap` joins it to the records.

    `business_key` names the record that the form is about. Of a long list come the first, and what is `sought`.
    """

    def __call__(
        self, connection: Connection, reference: str, user: str, business_key: str, sought: Sought, /
    ) -> list[Option]: ...


JobFunction = Callable[["Engine", Any], None]


def no_references(connection: Connection, reference: str, user: str, business_key: str, sought: Sought) -> list[Option]:
    """For processes whose forms have no reference fields."""
    return []


class NoRecords:
    """For processes without records of their own."""

    def mark(self, connection: Connection, business_key: str) -> str | None:
        return None

    def changed(self, connection: Connection, business_key: str, mark: str) -> RecordChange | None:
        return None


class Memory:
    """What an engine may keep between commands because it never changes.

    `bundles` are definition versions by id, `findings` what was found in files beside what was deployed then.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.bundles: dict[str, Any] = {}
        self.findings: ByContent[tuple[Finding, ...]] = ByContent(KEPT_FINDINGS)


@dataclass(frozen=True)
class Engine:
    """Everything a command needs.

    `job_kinds` are the kinds of work that others registered (imports, nightly work, mail): each gets the
    engine and its `jobs.Lease`, and calls `jobs.take` in the transaction that finishes it. `schedules` begin
    by the clock of the time zone that `zone` names. `wake` tells the runner that work was added.
    """

    database: Database
    directory: Callable[[Connection], Directory]
    registry: Registry = field(default_factory=Registry)
    clock: Clock = field(default_factory=SystemClock)
    references: References = no_references
    records: Records = field(default_factory=NoRecords)
    limits: Limits = field(default_factory=Limits)
    job_kinds: Mapping[str, JobFunction] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    zone: Callable[[Connection], str] = lambda _: "UTC"
    wake: Callable[[], None] = lambda: None
    memory: Memory = field(default_factory=Memory)
