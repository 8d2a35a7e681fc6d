"""What a handler sees and returns.

A handler is the Python function behind a service task, a business rule task's result, or the
completion of a user task. It never steers the engine: it returns an outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Generic, Literal, Protocol, TypeVar

from engine.errors import Sentence as Sentence  # handlers take it from here

Session = TypeVar("Session")
Kind = Literal["local", "remote"]


@dataclass(frozen=True)
class ApprovalFigure:
    """A decided approval: the times are those of the first request in its chain; `escalations` counts the others."""

    type: str
    level: int
    requester: str | None
    approver: str | None
    approved: bool
    requested_at: datetime
    due_at: datetime | None
    decided_at: datetime
    escalations: int


@dataclass(frozen=True)
class ProcessFigure:
    """How one process fared in a period; `cycle_hours` of the instances that were completed in it.

    `marked` and `skipped` count the best-practice steps that people were to work, and those left out.
    """

    key: str
    running: int
    completed: int
    cancelled: int
    cycle_hours: tuple[Decimal, ...]
    incidents: int
    marked: int
    skipped: int


@dataclass(frozen=True)
class WaitingFigure:
    """The tasks that wait for a group, or for people by name (group None), at this moment."""

    group: str | None
    count: int
    overdue: int
    oldest: datetime


@dataclass(frozen=True)
class RunningFigure:
    """An instance that runs about a record: its names and those of the tasks and approvals open in it, by language."""

    instance_id: str
    process_key: str
    names: Mapping[str, str]
    tasks: tuple[Mapping[str, str], ...]
    approvals: tuple[Mapping[str, str], ...]


class Figures(Protocol):
    """What the engine knows for reports, from one moment (included) to another (excluded), and about a record."""

    def approvals(self, first: datetime, end: datetime) -> Sequence[ApprovalFigure]:
        """The approvals decided in the period, by the time of the decision."""
        ...

    def processes(self, first: datetime, end: datetime) -> Sequence[ProcessFigure]:
        """Every process with something running, or ended in the period, by key."""
        ...

    def waiting(self, now: datetime) -> Sequence[WaitingFigure]:
        """The open tasks by group."""
        ...

    def running(self, business_key: str) -> Sequence[RunningFigure]:
        """The instances that run about a record, oldest first."""
        ...


@dataclass(frozen=True)
class TaskContext(Generic[Session]):
    """Everything a handler may know about the step it runs for.

    `process` is the BPMN process id, `element` the step's id, `business_key` names the record
    (`opportunity:OPP-1042`), `key` is the idempotency key (instance, step, round), `attempt`
    counts from 1, `actor` is the person whose command runs (None for timers and jobs),
    `form` holds the validated answers in a completion handler, `result` the value of the
    decision behind a business rule task, `properties` the extension properties in the drawing.
    `figures` answers what reports ask of the engine (None for remote handlers).
    `session` is the database connection of the running transaction (None for remote handlers).
    `decide(decision, inputs)` evaluates a decision pinned to the running version and logs it.
    """

    instance_id: str
    process: str
    element: str
    business_key: str
    variables: Mapping[str, Any]
    now: datetime
    key: str
    session: Session
    decide: Callable[[str, Mapping[str, Any]], Any]
    attempt: int = 1
    actor: str | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    properties: Mapping[str, str] = field(default_factory=dict)
    figures: Figures | None = None


@dataclass(frozen=True)
class Notice:
    """A line for somebody's notice list: a person or a group, and a translatable sentence."""

    to_user: str | None
    to_group: str | None
    text: Sentence


@dataclass(frozen=True)
class Warn:
    """Asks for an extra plain task beside the flow, for a group, about this instance (never blocks it)."""

    group: str
    title: Sentence
    text: Sentence


@dataclass(frozen=True)
class Start:
    """Asks for another process, by its public key, about a record; it starts once, as a hand-over of this step does."""

    process: str
    business_key: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """A message for whoever awaits it about a record, or for one `instance` alone, which is not kept for later."""

    name: str
    business_key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    instance: str | None = None


@dataclass(frozen=True)
class HandOn:
    """Gives the open tasks of a step to somebody else: those whose variables hold these values."""

    element: str
    to: str
    holding: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The step is finished: variables to set, and what is to follow from it.

    `events` are lines for reports, `notices` are shown, `warnings` are for somebody to work, `starts`
    are other processes to begin while this one goes on, `messages` are sent, `handed_on` gives open
    tasks of the instance to somebody else. `business_key` names the record that everything from here
    on is about: the one that this step created, for example.
    """

    variables: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[str] = ()
    notices: Sequence[Notice] = ()
    warnings: Sequence[Warn] = ()
    starts: Sequence[Start] = ()
    messages: Sequence[Message] = ()
    handed_on: Sequence[HandOn] = ()
    business_key: str | None = None


@dataclass(frozen=True)
class Snooze:
    """Try again after `delay`; costs no retry."""

    delay: timedelta
    reason: str


@dataclass(frozen=True)
class Fail:
    """The step failed; it is tried again as the drawing says, unless `retry` is False."""

    reason: Sentence
    retry: bool = True


@dataclass(frozen=True)
class BpmnError:
    """Goes to the nearest boundary event that catches `code`; what the handler wrote is rolled back."""

    code: str
    message: Sentence
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Refuse:
    """A completion handler refuses the form: sentences by field path."""

    errors: Mapping[str, Sentence]


Outcome = Done | Snooze | Fail | BpmnError | Refuse
Function = Callable[[TaskContext[Any]], Outcome]


@dataclass(frozen=True)
class Handler:
    """A registered handler: its name in drawings, kind, function, a remote one's limits, and the decisions it asks."""

    name: str
    kind: Kind
    function: Function
    apply: Function | None = None
    timeout: timedelta = timedelta(seconds=30)
    decisions: tuple[str, ...] = ()

    def __call__(self, context: TaskContext[Any]) -> Outcome:
        return self.function(context)


def handler(
    name: str,
    *,
    kind: Kind = "local",
    apply: Function | None = None,
    timeout: timedelta = timedelta(seconds=30),
    decisions: tuple[str, ...] = (),
) -> Callable[[Function], Handler]:
    """Marks a function as the handler called `name` in drawings (`<process_id>.<step_id>`).

    A local handler runs inside the transaction and may only touch the database through
    `context.session`. A remote one runs as a job in a child process with `timeout`; `apply`
    is its local second half, run when its result is settled (`context.result`). `decisions`
    names the decisions it asks through `context.decide`: they are pinned with the drawing.
    """

    def register(function: Function) -> Handler:
        return Handler(name, kind, function, apply, timeout, decisions)

    return register


@dataclass(frozen=True)
class Occasion(Generic[Session]):
    """What scheduled work may know: the moment, and the database connection of the running transaction."""

    now: datetime
    session: Session


@dataclass(frozen=True)
class Schedule:
    """Work that begins by the clock: its name, its times as a cron expression, and what it asks for then.

    `cron` has five fields (minute hour day month weekday) in the time zone of the company. `function`
    gives the processes to start, the messages to send and the notices to show; `alone` starts a
    process only on records where it does not run yet. `names` is what people call it, by language.
    `job` is a registered kind of job to do then, for long work that is not to hold the transaction.
    """

    name: str
    cron: str
    names: Mapping[str, str]
    function: Callable[[Occasion[Any]], Done] = lambda _: Done()
    alone: bool = True
    job: str = ""
