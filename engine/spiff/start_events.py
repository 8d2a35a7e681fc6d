"""Start events, of processes and of event sub-processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import StartEvent as LibraryStartEvent
from SpiffWorkflow.util.task import TaskState

from engine.port import Effect, Left
from engine.spiff.catching import Catching, done, repeat
from engine.spiff.flows import Frame, SubFlow
from engine.spiff.tokens import Token
from engine.spiff.triggers import AWAITED


class StartEvent(Catching, LibraryStartEvent):
    """A start event. Of an event sub-process (`owner`), it waits in the process around it."""

    owner: Any = None
    interrupting = True

    def arm(self, flow: Frame) -> None:
        """Begins to wait for the start of an event sub-process; errors and escalations need no waiting."""
        self.wait(lambda: self.beside(flow))

    def beside(self, flow: Any) -> Token:
        """A token that waits without keeping what is around it from ending."""
        token = Token(flow, self)
        token.triggered = True
        return token

    def waiting(self, token: Token) -> Effect | None:
        return Catching.waiting(self, token) if token.triggered or "part" in token.internal_data else None

    def begin_with(self, flow: Any, message: str) -> None:
        """Begins the instance with one of the messages that all have to come, and waits for the others."""
        token = Token(flow, self)
        token.begin()
        token._state = TaskState.STARTED
        begun = next(one for one in self.triggers if one.name == message)
        self.wait(lambda: Token(flow, self, parent=token), happened=begun)

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        if token.parent is not None:
            self.fire_part(token, payload)
        elif self.lacking(token):
            self.take(token, payload)
            done(token)
        else:
            self.happen(token, payload)

    def caught(self, flow: Frame, payload: Mapping[str, Any]) -> None:
        """An error or escalation from inside the process around arrives here."""
        self.happen(Token(flow, self), payload)

    def _on_complete(self, token: Token) -> None:
        if self.outputs_given:
            self.take(token, {})
        Catching._on_complete(self, token)

    def happen(self, token: Token, payload: Mapping[str, Any]) -> None:
        """Starts the event sub-process, after stopping everything around it when it interrupts."""
        flow = token.workflow
        del flow.tasks[token.id]
        if self.interrupting:
            flow.clear()
        elif self.every:
            self.arm(flow)
        elif self.awaited(token).kind in AWAITED:
            repeat(token, self.beside(flow), None)
        flow.tasks[token.id] = token
        self.take(token, payload)
        self.run_inside(token, flow)

    def run_inside(self, token: Token, flow: Any) -> None:
        """Opens the event sub-process, and lets it begin behind its start event."""
        host = Token(flow, self.owner)
        host.begin()
        host._state = TaskState.STARTED
        if self.owner.local:
            self.owner.open_scope(host)
        inner = SubFlow(self.owner.target, host, self.owner.scope_inside(host))
        inner.arm_event_subs()
        token.begin()
        token._state = TaskState.COMPLETED
        token.top.effects.append(Left(token.place, self.kind, self.way_ids))
        token.remove()
        for way in self.ways:
            way.target.enter(inner, way.id)
        if not self.ways:
            inner.check_end()
