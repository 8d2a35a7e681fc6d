"""Events that throw: end events and intermediate throw events, and the delivery inside an instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EndEvent as LibraryEndEvent
from SpiffWorkflow.bpmn.specs.defaults import IntermediateThrowEvent as LibraryThrowEvent
from SpiffWorkflow.bpmn.specs.defaults import SendTask as LibrarySendTask
from SpiffWorkflow.util.task import TaskState

from engine.port import EventThrown, Left, Withdrawn, record_of
from engine.spiff.catching import Catching
from engine.spiff.correlation import Sent, belongs, learn
from engine.spiff.faults import catcher, raise_to
from engine.spiff.flows import Flow
from engine.spiff.mappings import Mapped, mapped
from engine.spiff.offpage import Handover
from engine.spiff.steps import Activity, Step
from engine.spiff.tasks import Call
from engine.spiff.tokens import Token
from engine.spiff.triggers import ANY, NONE, Trigger


class Throwing(Step):
    """A step that throws its events when it runs, one after the other."""

    triggers: tuple[Trigger, ...] = (NONE,)

    @property
    def trigger(self) -> Trigger:
        """What it throws; the first, where it throws several things."""
        return self.triggers[0]

    def _run_hook(self, token: Token) -> bool | None:
        self.throw(token)
        return True

    def throw(self, token: Token) -> None:
        """Throws all it has to throw, unless one of them stops it."""
        for trigger in self.triggers:
            if token.id in token.top.live:
                throw_one(token, trigger)


def throw_one(token: Token, trigger: Trigger) -> None:
    """Throws a message, a signal or an escalation; an error is the end event's matter.

    An escalation that nobody catches changes nothing; it is told all the same (BPMN 2.0, 10.4.3).
    """
    element, variables = token.task_spec.element, token.scope.view()
    if trigger.kind in ("message", "signal"):
        now = token.top.services.now()
        payload = trigger.outgoing(element, variables, now)
        learn(token.workflow, trigger, payload, now)
        deliver(token, trigger, trigger.named(element, variables, now), payload)
    elif trigger.kind == "escalation":
        found = catcher(token, "escalation", trigger.code)
        if found is not None:
            raise_to(found, token, trigger.code, {})
        else:
            token.top.effects.append(EventThrown(token.place, trigger.kind, trigger.code or trigger.name))


def deliver(token: Token, trigger: Trigger, name: str, payload: Mapping[str, Any]) -> None:
    """Gives a message to the first token that awaits it, or outside when none does; a signal to all, and outside."""
    kind, sent = trigger.kind, Sent.by(token, trigger)
    waiting = [other for other in listening(token.top, kind, name) if awaits(other, kind, name, payload, sent)]
    if kind == "signal" or not waiting:
        about = record_of(token.scope.view())
        token.top.effects.append(EventThrown(token.place, kind, name, payload, about, sent.key))
    for other in waiting[:1] if kind == "message" else waiting:
        if other.id in token.top.live:
            token.top.effects.append(Withdrawn(other.place))  # nobody outside needs to bring it any more
            learn(other.workflow, other.task_spec.awaited(other), payload, token.top.services.now())
            other.task_spec.fire(other, payload)


def listening(flow: Flow, kind: str, name: str) -> list[Token]:
    """The live tokens, oldest first; also those of packed runs, where an event of this name is awaited in any."""
    heard = flow.bundle.heard_in_runs
    if flow.parked and not heard.isdisjoint(((kind, name), (kind, ANY))):
        return flow.everything()
    return sorted(flow.live.values(), key=lambda token: token.id)


def awaits(token: Token, kind: str, name: str, payload: Mapping[str, Any], sent: Sent) -> bool:
    """Whether the token waits for this message or signal at this moment, and it belongs to what the token is about."""
    spec = token.task_spec
    if not isinstance(spec, Catching):
        return False
    trigger = spec.awaited(token)
    waits = trigger.kind == kind and token.internal_data.get("name", trigger.name) == name
    return waits and spec.waiting(token) is not None and belongs(token, trigger, payload, sent)


class ThrowingEvent(Throwing):
    """An event that throws; what its outputs say is worked out when it has thrown."""

    outputs_given: tuple[Mapped, ...] = ()

    def throw(self, token: Token) -> None:
        Throwing.throw(self, token)
        if self.outputs_given and token.id in token.top.live:
            token.scope.write(mapped(self.outputs_given, token.scope.view(), token.top.services.now()))


class ThrowEvent(ThrowingEvent, LibraryThrowEvent):
    """An intermediate throw event."""


class SendTask(Activity, Throwing, LibrarySendTask):
    """A send task without a handler: throws its message by itself."""


class SendCall(Call):
    """A send task with a handler: the handler performs it; its message, if it names one, is thrown afterwards."""

    call = "send"
    trigger: Trigger = NONE

    def _on_complete(self, token: Token) -> None:
        if self.trigger.kind == "message":
            token._state = TaskState.STARTED  # whoever gets the message may cancel this very token
            throw_one(token, self.trigger)
            if token._state != TaskState.STARTED:
                return
            token._state = TaskState.COMPLETED
        Call._on_complete(self, token)


class EndEvent(ThrowingEvent, LibraryEndEvent):
    """An end event: plain, throwing, handing over, ending with an error, or ending everything around it."""

    handover: Handover | None = None

    def _run_hook(self, token: Token) -> bool | None:
        if at_the_top(token) and self.element not in token.top.ends:
            token.top.ends.append(self.element)
        if self.handover is not None:
            self.handover.reach(token)
        self.throw(token)
        return True

    def _on_complete(self, token: Token) -> None:
        last = next((one for one in self.triggers if one.kind in ("error", "terminate")), NONE)
        if last.kind == "error":
            self.fail(token, last)
        elif last.kind == "terminate":
            self.terminate(token)
        else:
            ThrowingEvent._on_complete(self, token)

    def fail(self, token: Token, error: Trigger) -> None:
        """Ends with an error, which the nearest catching event gets; nobody catching it ends the whole instance."""
        found = catcher(token, "error", error.code)
        token.top.effects.append(Left(token.place, self.kind))
        token.remove()
        if found is None:
            token.top.fail(error.code or error.name)
        else:
            raise_to(found, token, error.code, {}, error.told(token.scope.view(), token.top.services.now()))

    def terminate(self, token: Token) -> None:
        """Ends the process or sub-process around it, whatever else is going on in there."""
        token.top.effects.append(Left(token.place, self.kind))
        token.remove()
        flow = token.workflow.drawn
        flow.clear()
        flow.check_end()


def at_the_top(token: Token) -> bool:
    """Whether the instance itself ends here: in its process, or in an event sub-process that interrupted it."""
    host: Token | None = token.workflow.drawn.host
    while host is not None and host.task_spec.replaces:
        host = host.workflow.host
    return host is None
