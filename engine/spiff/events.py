"""Intermediate catch events, receive tasks, and the event-based gateway."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway as LibraryEventBasedGateway
from SpiffWorkflow.bpmn.specs.defaults import IntermediateCatchEvent as LibraryCatchEvent
from SpiffWorkflow.bpmn.specs.defaults import ReceiveTask as LibraryReceiveTask

from engine.errors import expected
from engine.port import Left
from engine.spiff.catching import Catching, choose_event
from engine.spiff.expressions import stuck
from engine.spiff.steps import Activity, Step
from engine.spiff.tokens import Token


class ReceiveTask(Activity, Catching, LibraryReceiveTask):
    """Waits for a message; boundary events can guard it. Behind an event-based gateway it is one of the choices.

    One with `begins` begins the process when its message comes (the attribute `instantiate`).
    """

    begins = False

    def _run_hook(self, token: Token) -> bool | None:
        self.listen(token)
        self.guard(token)
        return None

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        if "way" in token.internal_data:
            choose_event(token)
            if self.local:
                self.open_scope(token)
        Catching.fire(self, token, payload)

    def begun(self, flow: Any) -> None:
        token = Token(flow, self)
        token.begin()
        if self.local:
            self.open_scope(token)
        token.complete()


class CatchEvent(Catching, LibraryCatchEvent):
    """An intermediate catch event."""

    def _run_hook(self, token: Token) -> bool | None:
        if self.trigger.kind == "none":
            return True
        if self.several:
            armed = self.wait(partial(self.part_of, token))
            happens = len(armed) == len(self.triggers) if self.every else bool(armed)
        else:
            happens = self.listen(token)
        if not happens:
            message = expected("a time for the timer '%(element)s'", "its expression gave null", element=self.element)
            raise stuck("TIMER", self.element, message)
        return None

    def part_of(self, token: Token) -> Token:
        """A token that waits for one of several things, in the same round."""
        part = Token(token.workflow, self, parent=token)
        part.scope, part.round = token.scope, token.round
        return part

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        if "way" in token.internal_data:
            choose_event(token)
        elif "part" in token.internal_data:
            self.fire_part(token, payload)
            return
        Catching.fire(self, token, payload)


class EventGateway(Step, LibraryEventBasedGateway):
    """Waits for the first of the events that follow it; each has its own due time or name.

    One that begins the process (`begins`) is passed with the event that began it; when it is parallel, the
    others are awaited all the same (BPMN 2.0, 10.5.6).
    """

    begins = False
    parallel = False

    def _run_hook(self, token: Token) -> bool | None:
        armed = False
        for number, way in enumerate(self.ways):
            for awaited in way.target.wait(partial(Token, token.workflow, way.target, token)):
                awaited.internal_data["way"] = number
                armed = True
        if not armed:
            message = expected(
                "an event after '%(element)s' that can happen", "none has a time or a name", element=self.element
            )
            raise stuck("NO_EVENT", self.element, message)
        return None

    def chosen(self, flow: Any, target: Catching) -> None:
        """Begins the instance with one of the events behind it."""
        token = Token(flow, self)
        token.begin()
        taken = [way for way in self.ways if self.parallel or way.target is target]
        token.top.effects.append(Left(token.place, self.kind, tuple(way.id for way in taken)))
        token.remove()
        target.begun(flow)
        for way in taken:
            if way.target is not target:
                way.target.enter(flow, way.id)
