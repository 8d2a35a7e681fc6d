"""Start, intermediate, boundary and end events, receive tasks, and the event-based gateway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent as LibraryBoundaryEvent
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway as LibraryEventBasedGateway
from SpiffWorkflow.bpmn.specs.defaults import IntermediateCatchEvent as LibraryCatchEvent
from SpiffWorkflow.bpmn.specs.defaults import ReceiveTask as LibraryReceiveTask
from SpiffWorkflow.bpmn.specs.defaults import StartEvent as LibraryStartEvent
from SpiffWorkflow.util.task import TaskState

from engine.errors import expected
from engine.feel import add_duration
from engine.port import RECORD, Effect, EventAwaited, Left, TimerArmed
from engine.spiff.expressions import stuck
from engine.spiff.flows import Frame, SubFlow
from engine.spiff.steps import Activity, Step
from engine.spiff.timers import Due, configured
from engine.spiff.tokens import Token
from engine.spiff.triggers import NONE, Trigger


class Catching(Step):
    """A step that waits for a timer, a message or a signal."""

    trigger: Trigger = NONE
    outside = True

    def listen(self, token: Token, host: str | None = None) -> bool:
        """Begins to wait; False when the event can never happen (a timer without a time)."""
        token.number()
        if self.trigger.kind == "timer":
            due = self.first_due(token, host)
            if due is None:
                return False
            self.set_due(token, due)
        else:
            key = self.trigger.key(token.scope.view(), token.top.services.now())
            if key is not None:
                token.internal_data["key"] = key
        if host is not None:
            token.internal_data["host"] = host
        token._state = TaskState.WAITING
        effect = self.waiting(token)
        if effect is not None:
            token.top.effects.append(effect)
        return True

    def first_due(self, token: Token, host: str | None) -> Due | None:
        """When a timer is due, by its setting if there is one, else by the drawing."""
        services = token.top.services
        setting = services.timer_setting(self.process, self.element)
        timer = self.trigger.timer if setting is None else configured(setting, self.element)
        if timer is None:
            return None
        now = services.now()
        if timer.formula is None:
            return timer.due({}, now)
        variables = token.scope.view()
        extra = services.timer_context(token.place, host, variables)
        return timer.due({**variables, **extra} if extra else variables, now)

    def set_due(self, token: Token, due: Due) -> None:
        """Notes a due time in the token, with what is needed to repeat it."""
        token.internal_data["due"] = due.at
        if due.every is not None:
            token.internal_data.update(again=due.again, every=due.every)

    def waiting(self, token: Token) -> Effect | None:
        data = token.internal_data
        if self.trigger.kind == "timer":
            return TimerArmed(token.place, data["due"], data.get("host")) if "due" in data else None
        about = token.scope.view().get(RECORD)
        return EventAwaited(token.place, self.trigger.kind, self.trigger.name, data.get("key"), about)

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        """What was awaited has happened."""
        token.scope.write(payload)
        token.complete()


class ReceiveTask(Activity, Catching, LibraryReceiveTask):
    """Waits for a message; boundary events can guard it. Behind an event-based gateway it is one of the choices."""

    def _run_hook(self, token: Token) -> bool | None:
        self.listen(token)
        self.guard(token)
        return None

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        choose_event(token)
        Catching.fire(self, token, payload)


class CatchEvent(Catching, LibraryCatchEvent):
    """An intermediate catch event."""

    def _run_hook(self, token: Token) -> bool | None:
        if self.trigger.kind == "none":
            return True
        if not self.listen(token):
            message = expected("a time for the timer '%(element)s'", "its expression gave null", element=self.element)
            raise stuck("TIMER", self.element, message)
        return None

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        choose_event(token)
        Catching.fire(self, token, payload)


class EventGateway(Step, LibraryEventBasedGateway):
    """Waits for the first of the events that follow it; each has its own due time or name."""

    def connect(self, taskspec: Step) -> None:
        Step.connect(self, taskspec)

    def _run_hook(self, token: Token) -> bool | None:
        armed = False
        for number, way in enumerate(self.ways):
            awaited = Token(token.workflow, way.target, parent=token)
            awaited.internal_data["way"] = number
            if way.target.listen(awaited):
                armed = True
            else:
                awaited.remove()
        if not armed:
            message = expected(
                "an event after '%(element)s' that can happen", "none has a time or a name", element=self.element
            )
            raise stuck("NO_EVENT", self.element, message)
        return None


def choose_event(token: Token) -> None:
    """The event of a token behind an event-based gateway has happened: leaves the gateway, withdraws the others."""
    gateway = token.parent
    if gateway is None or "way" not in token.internal_data:
        return
    way = gateway.task_spec.ways[token.internal_data.pop("way")]
    token.detach()
    gateway._state = TaskState.COMPLETED
    gateway.drop_carried()
    token.top.effects.append(Left(gateway.place, gateway.task_spec.kind, (way.id,)))
    gateway.remove()
    token.begin()


class BoundaryEvent(Catching, LibraryBoundaryEvent):
    """An event on the edge of an activity; `cancel_activity` says whether it interrupts."""

    @property
    def interrupting(self) -> bool:
        """Whether the activity is cancelled when this happens."""
        return bool(self.cancel_activity)

    def arm(self, host: Token) -> None:
        """Begins to wait beside the activity; errors and escalations need no waiting."""
        if self.trigger.kind in ("timer", "message", "signal"):
            token = Token(host.workflow, self, parent=host)
            if not self.listen(token, host.task_spec.element):
                token.remove()

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        host = token.parent
        token.detach()
        self.happen(token, host, payload)

    def caught(self, host: Token, payload: Mapping[str, Any]) -> None:
        """An error or escalation from inside the activity arrives here."""
        token = Token(host.workflow, self)
        self.happen(token, host, payload)

    def happen(self, token: Token, host: Token, payload: Mapping[str, Any]) -> None:
        """Enters the event, stops the activity or waits for the next time, and goes on from the event."""
        token.begin()
        if self.interrupting:
            host.cancel()
        else:
            self.rearm(token, host)
        token.scope.write(payload)
        token.complete()

    def rearm(self, token: Token, host: Token) -> None:
        """A non-interrupting event waits again: messages and signals always, timers while their cycle lasts."""
        if self.trigger.kind not in ("timer", "message", "signal"):
            return
        again = Token(host.workflow, self, parent=host)
        repeat(token, again, host.task_spec.element)


class StartEvent(Catching, LibraryStartEvent):
    """A start event. Of an event sub-process (`owner`), it waits in the process around it."""

    owner: Any = None
    interrupting = True

    def enter(self, flow: Any, via: str | None) -> None:
        Step.enter(self, flow, via)

    def arm(self, flow: Frame) -> None:
        """Begins to wait for the start of an event sub-process; errors and escalations need no waiting."""
        if self.trigger.kind in ("timer", "message", "signal"):
            token = Token(flow, self)
            token.triggered = True
            if not self.listen(token):
                token.remove()

    def waiting(self, token: Token) -> Effect | None:
        return Catching.waiting(self, token) if token.triggered else None

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        self.happen(token, payload)

    def caught(self, flow: Frame, payload: Mapping[str, Any]) -> None:
        """An error or escalation from inside the process around arrives here."""
        self.happen(Token(flow, self), payload)

    def happen(self, token: Token, payload: Mapping[str, Any]) -> None:
        """Starts the event sub-process, after stopping everything around it when it interrupts."""
        flow = token.workflow
        del flow.tasks[token.id]
        if self.interrupting:
            flow.clear()
        elif self.trigger.kind in ("timer", "message", "signal"):
            again = Token(flow, self)
            again.triggered = True
            repeat(token, again, None)
        flow.tasks[token.id] = token
        flow.scope.write(payload)
        self.run_inside(token, flow)

    def run_inside(self, token: Token, flow: Any) -> None:
        """Opens the event sub-process, and lets it begin behind its start event."""
        host = Token(flow, self.owner)
        host.begin()
        host._state = TaskState.STARTED
        inner = SubFlow(self.owner.target, host, flow.scope)
        inner.arm_event_subs()
        token.begin()
        token._state = TaskState.COMPLETED
        token.top.effects.append(Left(token.place, self.kind, self.way_ids))
        token.remove()
        for way in self.ways:
            way.target.enter(inner, way.id)
        if not self.ways:
            inner.check_end()


def repeat(token: Token, again: Token, host: str | None) -> None:
    """Lets `again` wait for what `token` waited for; removes it when there is no next time."""
    spec, data = token.task_spec, token.internal_data
    if spec.trigger.kind != "timer":
        spec.listen(again, host)
        return
    left = data.get("again", 0)
    if left == 0:
        again.remove()
        return
    again.number()
    spec.set_due(again, next_due(data, left))
    if host is not None:
        again.internal_data["host"] = host
    again._state = TaskState.WAITING
    token.top.effects.append(spec.waiting(again))


def next_due(data: Mapping[str, Any], left: int | None) -> Due:
    """The next time of a cycle, counted from the time that was due, not from when it was handled."""
    every = data["every"]
    return Due(add_duration(data["due"], every), None if left is None else left - 1, every)
