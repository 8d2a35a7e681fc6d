"""Sub-processes, event sub-processes and called processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import CallActivity as LibraryCallActivity
from SpiffWorkflow.bpmn.specs.defaults import EventSubprocess as LibraryEventSubprocess
from SpiffWorkflow.bpmn.specs.defaults import SubWorkflowTask as LibrarySubProcess

from engine.port import RECORD, Skipped
from engine.spiff.expressions import Formula
from engine.spiff.flows import Frame
from engine.spiff.mappings import Mapped, mapped
from engine.spiff.offpage import NEXT_KEY, NEXT_PAYLOAD
from engine.spiff.steps import Activity
from engine.spiff.tokens import DataScope, Scope, Token


class Containing(Activity):
    """An activity with a process inside (`target`)."""

    target: Any = None

    declared: tuple[str, ...] = ()
    """The variables that live and end with it (BPMN 2.0, 10.3.1)."""

    def scope_inside(self, token: Token) -> Scope:
        """The variables inside: those around and those declared here, for a sub-process."""
        return DataScope(token.scope, dict.fromkeys(self.declared)) if self.declared else token.scope

    def _run_hook(self, token: Token) -> bool | None:
        inner = self.frame(self.target, token, self.scope_inside(token))
        self.announce(token)
        self.begin(token, inner)
        return None

    def begin(self, token: Token, inner: Frame) -> None:
        """Begins inside at the start event."""
        inner.open(self.target.none_start)

    def returned(self, token: Token, inner: Frame) -> None:
        """The process inside has ended."""
        token.complete()

    def _on_cancel(self, token: Token) -> None:
        """Nothing: a cancelled token clears what it contains by itself."""


class SubProcess(Containing, LibrarySubProcess):
    """An embedded sub-process; it shares the variables around it."""


class CallActivity(Containing, LibraryCallActivity):
    """Runs another process with variables of its own: only what the mappings name goes in and comes back."""

    called = True
    inputs_mapped: tuple[Mapped, ...] = ()
    outputs_mapped: tuple[Mapped, ...] = ()
    skip_when: Formula | None = None
    """When it is passed over (pattern SK)."""

    def _run_hook(self, token: Token) -> bool | None:
        skip = self.skip_when
        if skip is not None and skip.holds(token.scope.view(), token.top.services.now()):
            token.top.effects.append(Skipped(token.place, skip.text))
            return True
        return Containing._run_hook(self, token)

    def scope_inside(self, token: Token) -> Scope:
        now = token.top.services.now()
        given = mapped([one for one in self.inputs_mapped if not one.local], token.scope.view(), now)
        own = [one for one in self.inputs_mapped if one.local]
        return Scope(None, given | mapped(own, own_variables(token), now) if own else given)

    def brought(self, token: Token, inner: Frame, outputs: Sequence[Mapped]) -> dict[str, Any]:
        """The variables that mappings bring out of the called process."""
        found = mapped(outputs, inner.scope.view(), token.top.services.now())
        if any(one.target == RECORD for one in self.inputs_mapped):
            found.pop(RECORD, None)  # the caller is still about its own record
        return found

    def left(self, token: Token, inner: Frame) -> None:
        """An error or escalation climbs out of the called process, and takes its variables along."""
        kept = names_inside(self)
        found = self.brought(token, inner, [one for one in self.outputs_mapped if not one.at_end])
        if None not in kept:
            token.workflow.scope.write({name: value for name, value in found.items() if name not in kept})

    def returned(self, token: Token, inner: Frame) -> None:
        token.scope.write(self.brought(token, inner, self.outputs_mapped))
        if self.target.hands_over:
            names = (NEXT_KEY, NEXT_PAYLOAD)
            token.scope.write({name: token.internal_data.get(name) for name in names})
        token.complete()


def own_variables(token: Token) -> dict[str, Any]:
    """The variables of a step alone: its inputs, and the item of the run it is."""
    found: dict[str, Any] = {}
    scope: Scope | None = token.scope
    while scope is not None and scope is not token.workflow.scope:
        found = {**scope.values, **found}
        scope = scope.parent
    return found


def names_inside(step: Any) -> set[str | None]:
    """The names of variables that stay inside an activity; None: all."""
    run = () if step.loop is None else step.loop.plan.local
    declared = step.declared if isinstance(step, Containing) else ()
    return {*run, *declared, *step.kept_inside}


class EventSub(Containing, LibraryEventSubprocess):
    """An event sub-process; its start events wait in the process around it."""

    starts: tuple[Any, ...] = ()

    def arm(self, flow: Frame) -> None:
        """Begins to wait for the start events."""
        for start in self.starts:
            start.arm(flow)

    def enter(self, flow: Any, via: str | None) -> None:
        raise TypeError(f"Expected no sequence flow into the event sub-process {self.element}.")
