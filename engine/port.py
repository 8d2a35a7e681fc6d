"""The plain values that pass between the engine and whatever executes a drawing.

An `Execution` is one process instance in memory, between load and save. Nothing of the
executing library crosses this line: tokens are numbers, elements are BPMN ids, variables
are plain values (None, bool, int, Decimal, str, date, datetime, timedelta, list, dict).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

RECORD = "business_record"
"""The variable that names the record a called process is about, or the one put in place of a missing record."""


def record_of(variables: Mapping[str, Any]) -> str | None:
    """The record that variables name in place of the instance's, as a text also where it is a number; or None."""
    named = variables.get(RECORD)
    return str(named) if named else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token is: the process (BPMN id), the element, and how often it was entered before."""

    token: int
    process: str
    element: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """A token reached an element."""

    place: Place


@dataclass(frozen=True, slots=True)
class Left:
    """An element finished; `flows` are the sequence flows taken, for gateways the chosen ones.

    `kind` is the BPMN name (userTask, endEvent, ...). Each run of a multi-instance activity leaves with
    its own kind and without flows; the whole of it leaves once more, as `multiInstance`, with the flows.
    """

    place: Place
    kind: str
    flows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A user or manual task (or a bare task) waits for a person."""

    place: Place


@dataclass(frozen=True, slots=True)
class CallWanted:
    """A service, send, script or business rule task is ready to be performed by the engine.

    `kind` is one of service, rule, send, script.
    """

    place: Place
    kind: str


@dataclass(frozen=True, slots=True)
class TimerArmed:
    """A timer waits until `due`; `attached_to` is the element a boundary timer guards."""

    place: Place
    due: datetime
    attached_to: str | None = None


@dataclass(frozen=True, slots=True)
class TimerUnset:
    """A timer will not come, because its `expression` gave no time."""

    place: Place
    expression: str


@dataclass(frozen=True, slots=True)
class EventAwaited:
    """A message or signal is awaited; `kind` is message or signal, `correlation` the declared key's value if any.

    `business_key` is the record it is to be about, where that is another than the instance's.
    """

    place: Place
    kind: str
    name: str
    correlation: str | None = None
    business_key: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionAwaited:
    """A conditional event waits until `condition` is true; the execution looks by itself."""

    place: Place
    condition: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A call was passed over, because the condition `reason` of its property `skip_when` holds."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something that waited (task, call, timer, event) will not happen: its token was cancelled."""

    place: Place


@dataclass(frozen=True, slots=True)
class EventThrown:
    """A message that nobody inside the instance caught was thrown, or a signal, which concerns others in any case.

    `kind` is message, signal or escalation (then `name` is its code): one that nobody caught anywhere.
    `correlation` is the key that it is sent under, where the drawing declares one.
    """

    place: Place
    kind: str
    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An off-page reference was reached: the process `target` (public key) is to start with these variables.

    `business_key` is the record it is about; None: the same as here. `item` tells several hand-overs
    of one step apart.
    """

    place: Place
    target: str
    variables: Mapping[str, Any]
    business_key: str | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """The whole instance finished; `ends` are the end events reached at the top, `error` an uncaught error's code."""

    ends: tuple[str, ...]
    error: str | None = None


Effect = (
    Entered
    | Left
    | TaskOpened
    | CallWanted
    | TimerArmed
    | TimerUnset
    | EventAwaited
    | ConditionAwaited
    | Skipped
    | Withdrawn
    | EventThrown
    | HandedOver
    | Ended
)


class Execution(Protocol):
    """One process instance in memory."""

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do in this instance."""
        ...

    def start(
        self, variables: Mapping[str, Any], message: str | None = None, at: str | None = None
    ) -> Sequence[Effect]:
        """Begins plainly, with `message`, or at the element `at`, and runs until everything waits."""
        ...

    def complete(self, token: int, variables: Mapping[str, Any]) -> Sequence[Effect]:
        """Finishes a waiting task or wanted call with variables for its scope, and runs on until everything waits."""
        ...

    def throw(self, token: int, code: str, variables: Mapping[str, Any]) -> Sequence[Effect] | None:
        """Throws a BPMN error at a waiting task or call; None (and nothing changed) when nothing catches it."""
        ...

    def catch(self, token: int, payload: Mapping[str, Any]) -> Sequence[Effect]:
        """Delivers the message or signal that this token awaits."""
        ...

    def due(self, token: int) -> Sequence[Effect]:
        """Fires the timer of this token, if its due time has come."""
        ...

    def cancel(self) -> Sequence[Effect]:
        """Cancels everything that still waits; the instance is ended."""
        ...

    def variables(self, token: int | None = None) -> Mapping[str, Any]:
        """The variables visible at a waiting token, or those of the instance's top level."""
        ...

    def check(self, variables: Mapping[str, Any]) -> None:
        """Raises `EngineError` naming the first variable that is no plain value; changes nothing."""
        ...

    def set_variables(self, variables: Mapping[str, Any], token: int | None = None) -> Sequence[Effect]:
        """Sets variables at a live token's scope, or at the top level (a repair by a person).

        Only what waits for variables goes on by it: events and gateways whose condition becomes true, ad hoc
        sub-processes that have enough, and messages whose key is another now.
        """
        ...

    def waiting(self) -> Sequence[TaskOpened | CallWanted | TimerArmed | EventAwaited | ConditionAwaited]:
        """Everything that waits at this moment."""
        ...

    def place(self, token: int) -> Place | None:
        """Where this token waits; None when it does not any more."""
        ...

    def save(self) -> bytes:
        """The state, packed and pruned, stamped with its format's version."""
        ...


class Services(Protocol):
    """What an execution asks of the engine while it runs."""

    @property
    def step_budget(self) -> int:
        """How many steps one command may take before it counts as an endless loop."""
        ...

    @property
    def live_tokens(self) -> int:
        """How many tokens an instance may have at once."""
        ...

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def timer_context(self, place: Place, attached_to: str | None, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Extra names for a timer's expression (`config`, `approval`, `task`); `attached_to` is the guarded element."""
        ...

    def timer_setting(self, process: str, element: str) -> str | None:
        """The configured text that replaces the timer's expression, if there is one."""
        ...

    def zone(self) -> str:
        """The time zone whose clock cron expressions go by."""
        ...
