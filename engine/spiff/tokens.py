"""What a token is: one task of SpiffWorkflow's tree, numbered, light, and removed once it has passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.port import Entered, Place, Withdrawn

Run = bytes | list[Any]
"""A packed run of a multi-instance activity: its bytes, or the numbers of the tokens inside it and its bytes."""


class Scope:
    """Variables: those of a process, or the local ones of one multi-instance run in front of them.

    Values are plain and are only ever replaced by name, never changed in place, so that a
    value may stand in two scopes without anybody noticing.
    """

    __slots__ = ("parent", "values", "watch")

    def __init__(self, parent: Scope | None, values: dict[str, Any]) -> None:
        self.parent = parent
        self.values = values
        self.watch: Any = None if parent is None else parent.watch
        """What has to know which variables are written (`watching.Watch`), where something waits for conditions."""

    def view(self) -> Mapping[str, Any]:
        """The variables visible here, inner names first."""
        if self.parent is None:
            return self.values
        return {**self.parent.view(), **self.values}

    def write(self, values: Mapping[str, Any]) -> None:
        """Sets variables in this scope."""
        self.values.update(values)
        if self.watch is not None:
            self.watch.written(self, values)

    def packed(self) -> Any:
        """What is stored of it: its own variables."""
        return self.values


class DataScope(Scope):
    """The variables that a sub-process declares: they live and end with it; what else is written goes outside."""

    __slots__ = ()

    def write(self, values: Mapping[str, Any]) -> None:
        """Sets the declared variables here, all others in the scope around."""
        assert self.parent is not None
        Scope.write(self, {name: value for name, value in values.items() if name in self.values})
        self.parent.write({name: value for name, value in values.items() if name not in self.values})

    def packed(self) -> Any:
        """Its variables, told apart from those of an ordinary scope."""
        return [self.values]


class RunScope(Scope):
    """The variables of one run of a multi-instance activity, which sees how many runs there are (`host`'s numbers)."""

    __slots__ = ("host",)

    def __init__(self, host: Token, values: dict[str, Any]) -> None:
        Scope.__init__(self, host.scope, values)
        self.host = host

    def view(self) -> Mapping[str, Any]:
        """The variables visible here, with the numbers as they are now."""
        assert self.parent is not None
        return {**self.parent.view(), **self.host.task_spec.numbers(self.host), **self.values}

    def packed(self) -> Any:
        """Its variables, and whose run it is."""
        return [self.values, self.host.id]


def unpacked(token: Token, parent: Scope | None, stored: Any) -> Scope:
    """The scope that `packed` has stored of what a token sees."""
    if isinstance(stored, dict):
        return Scope(parent, stored)
    values, *host = stored
    return RunScope(token.workflow.tasks[host[0]], values) if host else DataScope(parent, values)


class Token(Task):
    """A task that is numbered by its instance and tells the instance's effects what happens to it.

    Differences from the library's task: small numbers instead of random ids (stable over save and
    load), variables live in scopes instead of in each task, no logging of each state change (half of
    the library's running time), and a finished task leaves the tree at once, so that a loop stays flat.
    """

    triggered = False
    runs: dict[int, Run] | None = None
    """Of a multi-instance activity: the runs that nobody has asked for since loading, still packed."""
    _place: Place | None = None
    thread_id = 0
    last_state_change = 0.0

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: Token | None = None,
        state: int = TaskState.FUTURE,
        id: int | None = None,
    ) -> None:
        top = workflow.top
        if id is None:
            top.last_token += 1
            id = top.last_token
        self.id = id
        self.workflow = workflow
        self.top = top
        self.task_spec = task_spec
        self.scope: Scope = workflow.scope
        self.round: int | None = None
        self.internal_data: dict[str, Any] = {}
        self._children: list[int] = []
        self._state = state
        self._parent: int | None = None
        workflow.tasks[id] = self
        top.live[id] = self
        if parent is not None:
            self._parent = parent.id
            parent._children.append(id)

    @property
    def data(self) -> Mapping[str, Any]:
        """The variables visible to this token (the library's name for them)."""
        return self.scope.view()

    @property
    def place(self) -> Place:
        """Where the token is."""
        if self._place is None or self.round is None:
            spec = self.task_spec
            self._place = Place(self.id, spec.process, spec.element, self.round or 0)
        return self._place

    def number(self) -> None:
        """Gives the token its round: how often its element was entered before."""
        if self.round is None:
            self.round = self.top.counts.next(self.task_spec)
            self._place = None

    def begin(self) -> None:
        """Counts the token as having entered its element."""
        self.number()
        self.top.effects.append(Entered(self.place))

    def detach(self) -> None:
        """Frees the token from the one that carries it, so that it outlives it."""
        if self._parent is not None:
            self.workflow.tasks[self._parent]._children.remove(self.id)
            self._parent = None

    def remove(self) -> None:
        """Takes the token out of its instance."""
        self.detach()
        del self.workflow.tasks[self.id]
        del self.top.live[self.id]

    def holds(self, token: int) -> bool:
        """Whether a token is or is inside one of the packed runs."""
        runs = self.runs or {}
        return token in runs or any(isinstance(run, list) and token in run[0] for run in runs.values())

    def unpack_runs(self, wanted: int | None = None) -> None:
        """Brings the packed runs back as tokens, or only the one that is or contains the token `wanted`."""
        runs = self.runs or {}
        for id in tuple(runs) if wanted is None or wanted not in runs else (wanted,):
            run = runs[id]
            inside, packed = run if isinstance(run, list) else ((), run)
            if wanted is None or id == wanted or wanted in inside:
                del runs[id]
                self.top.unpack_run(self, packed)
        if not runs:
            self.runs = None
            del self.top.parked[self.id]

    def drop_carried(self) -> None:
        """Cancels what this token carries: boundary events, multi-instance runs, awaited events."""
        if self.runs:
            self.unpack_runs()
        for id in sorted(self._children):
            self.workflow.tasks[id].cancel()

    def cancel(self) -> None:
        """Ends the token, and all it carries, without going on; who waited is told by `Withdrawn`."""
        if self._state & TaskState.FINISHED_MASK:
            return
        self._state = TaskState.CANCELLED
        self.drop_carried()
        inner = self.top.subprocesses.pop(self.id, None)
        if inner is not None:
            inner.clear()
        self.remove()
        if self.round is not None and self.task_spec.announced:
            self.top.effects.append(Withdrawn(self.place))

    def complete(self) -> None:
        """Marks the token finished and goes on along its flows; nothing when it was cancelled meanwhile."""
        if self._state & TaskState.FINISHED_MASK:
            return
        self._state = TaskState.COMPLETED
        self.task_spec._on_complete(self)

    def _set_state(self, value: int) -> None:
        if not self._state & TaskState.FINISHED_MASK:
            self._state = value
