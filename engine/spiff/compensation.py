"""Compensation: undoing what was completed, the last first (BPMN 2.0, 10.6 and 13.4.5).

A process or sub-process in which something can be compensated keeps a list of completions (`Completion`).
Whoever undoes takes completions out of the list, so that each is undone once. A frame of its own
runs the undoing of one completion, or of the runs of a parallel multi-instance activity together;
when it is empty, the next follows.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from SpiffWorkflow.bpmn.specs.defaults import SubWorkflowTask as LibrarySubProcess
from SpiffWorkflow.util.task import TaskState

from engine.port import Left
from engine.spiff.boundary import BoundaryEvent
from engine.spiff.calls import Containing, EventSub, names_inside
from engine.spiff.flows import Frame, SubFlow
from engine.spiff.loops import ParallelRuns
from engine.spiff.steps import Activity
from engine.spiff.throws import EndEvent, ThrowEvent, Throwing
from engine.spiff.tokens import Scope, Token

DONE, TODO, OF = "done", "todo", "of"
Stored = list[Any]
"""A completion as it is kept in the state: its fields in a plain list."""


class Inside(NamedTuple):
    """What was completed inside a sub-process or called process, and whether that had ended."""

    ended: bool
    completions: list[Stored]


class Completion(NamedTuple):
    """One activity that was completed and can be undone."""

    step: int
    """The number of its step."""
    local: list[dict[str, Any]] | None
    """The variables it had to itself, outermost first."""
    inside: Inside | None
    """What was completed inside it; None where a boundary event says how it is undone."""
    group: int | None
    """The token that carried this run of a multi-instance activity."""

    @classmethod
    def of(cls, stored: Stored) -> Completion:
        """The completion that is stored so."""
        step, local, inside, group = stored
        return cls(step, local, None if inside is None else Inside(*inside), group)

    def stored(self) -> Stored:
        """As it is kept in the state."""
        return [self.step, self.local, None if self.inside is None else list(self.inside), self.group]


def completed(frame: Any) -> list[Stored]:
    """What was completed in a process or sub-process and can be undone, the first first."""
    rows: list[Stored] = frame.kept.get(DONE, [])
    return rows


def note(frame: Any, completion: Completion) -> Stored:
    """Adds a completion; gives it as it is kept now."""
    stored = completion.stored()
    frame.kept.setdefault(DONE, []).append(stored)
    return stored


def keep(frame: Any, completions: list[Stored]) -> None:
    """Replaces the list of what was completed."""
    frame.kept.pop(DONE, None)
    if completions:
        frame.kept[DONE] = completions


class CompensationEvent(BoundaryEvent):
    """The boundary event of an activity that names, by its association, the activity that undoes it."""

    undoer: Any = None

    def undo(self, frame: Frame) -> None:
        """Happens in a frame for undoing, and begins what undoes there."""
        token = Token(frame, self)
        token.begin()
        token._state = TaskState.COMPLETED
        token.top.effects.append(Left(token.place, self.kind))
        token.remove()
        self.undoer.enter(frame, None)


class Remembered(Activity):
    """Mixed into the class of an activity whose completions are kept, because `event` says how they are undone."""

    event: CompensationEvent | None = None

    def _on_complete(self, token: Token) -> None:
        frame = token.workflow
        noted = note(frame, Completion(self.index, _local(token.scope, frame.scope), None, _group(token)))
        super()._on_complete(token)
        if token._state == TaskState.CANCELLED:  # by what it sent while completing
            keep(frame, [one for one in completed(frame) if one is not noted])


class RememberedInside(Containing):
    """Mixed into the class of a sub-process or call: without an `event`, what was completed inside is undone."""

    event: CompensationEvent | None = None

    def returned(self, token: Token, inner: Frame) -> None:
        completion = completion_of(token, inner, ended=True)
        if completion is not None:
            note(token.workflow, completion)
        super().returned(token, inner)


def completion_of(token: Token, inner: Frame, ended: bool) -> Completion | None:
    """The completion of a sub-process or call, or of the part of it that is done; None when nothing can be undone."""
    step: Any = token.task_spec
    inside = None if ended and step.event is not None else Inside(ended, completed(inner))
    if inside is not None and not inside.completions and not (ended and step.target.compensator is not None):
        return None
    scope = token.scope if inside is None else inner.scope
    return Completion(step.index, _local(scope, token.workflow.scope), inside, _group(token))


def _local(scope: Scope | None, around: Scope) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] = []
    while scope is not None and scope is not around:
        found.insert(0, scope.values)
        scope = scope.parent
    return found or None


def _group(token: Token) -> int | None:
    return None if token.task_spec.loop is None else token.parent.id


class Undoing(Containing, LibrarySubProcess):
    """Carries what undoes something, beside the steps of a process; it is not in the drawing.

    Its token carries either one frame after the other, until all its completions are undone, or the
    inside of one activity that is being undone (`of`), with the variables it had to itself.
    """

    announced = False

    def returned(self, token: Token, inner: Frame) -> None:
        of = token.internal_data.get(OF)
        if of is None:
            if undo_next(token):
                return
        elif inner.scope is not token.scope and inner.scope.parent is not None:
            kept = names_inside(token.top.bundle.steps[of])
            if None not in kept:
                token.scope.write({name: value for name, value in inner.scope.values.items() if name not in kept})
        flow = token.workflow
        token._state = TaskState.COMPLETED
        token.remove()
        flow.check_end()


def undo(host: Token, completions: list[Stored]) -> bool:
    """Begins to undo completions, the last first; the host's step is told by `returned` when a frame is empty.

    False when there are none.
    """
    host._state = TaskState.STARTED
    host.internal_data[TODO] = completions
    return undo_next(host)


def undo_next(host: Token) -> bool:
    """Begins to undo what comes next; False when nothing is left."""
    todo, steps = host.internal_data[TODO], host.top.bundle.steps
    if not todo:
        del host.internal_data[TODO]
        return False
    last = Completion.of(todo.pop())
    step, together = steps[last.step], [last]
    if isinstance(step.loop, ParallelRuns):
        others = [(one, Completion.of(one)) for one in todo]
        together = [*(other for _, other in others if other.group == last.group), last]
        host.internal_data[TODO] = [one for one, other in others if other.group != last.group]
    undoing, around = step._wf_spec.undoing, host.workflow
    while around.spec.undoing is not undoing:
        around = around.host.workflow
    frame = SubFlow(undoing.target, host, around.scope)
    for completion in together:
        _undo_one(frame, steps[completion.step], completion)
    return True


def _undo_one(frame: SubFlow, step: Any, completion: Completion) -> None:
    local, inside = completion.local, completion.inside
    if local is None and inside is None:
        step.event.undo(frame)
        return
    carrier = carry(frame)
    carrier.internal_data[OF] = step.index
    if inside is None:
        step.event.undo(SubFlow(frame.spec, carrier, _again(frame.scope, local)))
        return
    scope = Scope(None, local[0]) if step.called and local else _again(frame.scope, local)
    again = SubFlow(step.target.undoing.target, carrier, scope)
    compensator = step.target.compensator if inside.ended else None
    if compensator is None:
        undo(carry(again), inside.completions)
        return
    keep(again, inside.completions)
    compensator.run_inside(Token(again, compensator), again)


def carry(frame: Frame) -> Token:
    """A token that carries what undoes something, so that the frame waits for it."""
    token = Token(frame, frame.spec.undoing)
    token._state = TaskState.STARTED
    return token


def _again(around: Scope, local: list[dict[str, Any]] | None) -> Scope:
    """The variables an activity had to itself, as they were when it completed; what is written now is kept apart."""
    if local is None:
        return around
    for values in local:
        around = Scope(around, values)
    return Scope(around, {})


class Compensating(Throwing):
    """Throws compensation: for one activity, or for all in its scope; and waits until it is done, or does not."""

    def _run_hook(self, token: Token) -> bool | None:
        super()._run_hook(token)
        waits = True
        found: list[Stored] = []
        for trigger in self.triggers:
            if trigger.kind == "compensate" and token.id in token.top.live:
                found = [*taken(token, trigger.name), *found]
                waits = waits and trigger.waits
        if not found:
            return True
        undo(token if waits else carry(token.workflow), found)
        return None if waits else True

    def returned(self, token: Token, inner: Frame) -> None:
        """What was to be undone first has been undone."""
        if not undo_next(token):
            token.complete()


class CompensationThrow(Compensating, ThrowEvent):
    """An intermediate event that throws compensation."""


class CompensationEnd(Compensating, EndEvent):
    """An end event that throws compensation."""


def taken(token: Token, activity: str) -> list[Stored]:
    """Takes what is compensated from here: in its own scope and, in event sub-processes, in those around.

    `activity` is the id of the one activity, or of the sub-process around, or empty for all.
    """
    frames: list[Any] = [token.workflow.drawn]
    while frames[-1].host is not None and isinstance(frames[-1].host.task_spec, EventSub):
        frames.append(frames[-1].host.workflow)
    names = [frame.spec.name for frame in frames]
    if activity in names:
        frames, activity = frames[: names.index(activity) + 1], ""
    return [one for frame in reversed(frames) for one in _taken(frame, activity)]


def _taken(frame: Any, activity: str) -> list[Stored]:
    steps = frame.top.bundle.steps
    found: list[Stored] = []
    left: list[Stored] = []
    for stored in completed(frame):
        one = Completion.of(stored)
        ended = one.group not in frame.top.live  # nothing carries runs of it any more
        (found if ended and activity in ("", steps[one.step].element) else left).append(stored)
    keep(frame, left)
    return found
