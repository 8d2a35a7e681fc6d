"""Waiting for events: what every catching event has in common, also one that names several things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.times import SHORTEST
from engine.port import ConditionAwaited, Effect, EventAwaited, Left, TimerArmed, TimerUnset, Withdrawn, record_of
from engine.spiff.correlation import awaited_key
from engine.spiff.mappings import Mapped, mapped
from engine.spiff.steps import Step
from engine.spiff.timers import Due, Timer, configured
from engine.spiff.tokens import Scope, Token
from engine.spiff.triggers import AWAITED, NONE, Trigger

OFTEN = 100
"""How often a timer may be entered before it has to rest."""
WAITS = TaskState.WAITING | TaskState.STARTED


class Catching(Step):
    """A step that waits for a timer, a message, a signal or a condition, for the first of several, or for all.

    Where an event names several things (BPMN 2.0, 10.4.2 and 10.4.3: multiple, parallel multiple), one
    token waits for each of them; its `part` is the number of what it waits for.
    """

    triggers: tuple[Trigger, ...] = (NONE,)
    every = False
    """Whether all of several things have to happen (parallel multiple)."""
    awaits_outside = True
    kept_inside: frozenset[str | None] = frozenset()
    """Names in what an event brings that end with the event; None: all."""
    outputs_given: tuple[Mapped, ...] = ()

    @property
    def trigger(self) -> Trigger:
        """What it is about; the first, where it is about several things."""
        return self.triggers[0]

    @property
    def several(self) -> bool:
        """Whether it is about several things."""
        return len(self.triggers) > 1

    def awaited(self, token: Token) -> Trigger:
        """What this token waits for: nothing, when others wait for it."""
        if not self.several:
            return self.triggers[0]
        return self.triggers[token.internal_data["part"]] if "part" in token.internal_data else NONE

    def sight(self, token: Token) -> Scope:
        """Where the variables are that what is awaited may name."""
        return token.scope

    def in_sight(self, token: Token) -> Mapping[str, Any]:
        """The variables that what is awaited may name."""
        return self.sight(token).view()

    def watch(self, token: Token, anew: bool = False) -> None:
        """Has a condition looked at whenever one of its variables is written, and now where it is awaited `anew`."""
        trigger = self.awaited(token)
        if trigger.condition is not None:
            token.top.watch.see(token.id, self.sight(token), trigger.names, anew)

    def wait(self, make: Callable[[], Token], host: str | None = None, happened: Trigger | None = None) -> list[Token]:
        """Lets one token wait for each thing that has to be waited for; gives those where it can happen.

        `host` is the element that the event guards; `happened` is what need not be waited for any more.
        """
        armed = []
        for part, trigger in enumerate(self.triggers):
            if trigger.kind in AWAITED and trigger is not happened:
                token = make()
                if self.several:
                    token.internal_data["part"] = part
                if self.listen(token, host):
                    armed.append(token)
                else:
                    token.remove()
        return armed

    def listen(self, token: Token, host: str | None = None) -> bool:
        """Begins to wait; False when the event can never happen (a timer without a time)."""
        token.number()
        trigger, data = self.awaited(token), token.internal_data
        if trigger.kind == "timer":
            timer = self.timer_of(token)
            due = None if timer is None else self.first_due(token, timer, host)
            if due is None:
                if timer is not None:
                    token.top.effects.append(TimerUnset(token.place, timer.text))
                return False
            self.set_due(token, rested(token, due))
        elif trigger.kind in ("message", "signal"):
            variables, now = self.in_sight(token), token.top.services.now()
            key = awaited_key(token, trigger)
            if key is not None:
                data["key"] = key
            if trigger.called is not None:
                data["name"] = trigger.named(self.element, variables, now)
        if host is not None:
            data["host"] = host
        token._state = TaskState.WAITING
        self.watch(token, anew=True)
        effect = self.waiting(token)
        if effect is not None:
            token.top.effects.append(effect)
        return True

    def rest(self, token: Token) -> bool:
        """Awaits the message under another key, when the variables or the conversation give another one now."""
        trigger = self.awaited(token)
        if not trigger.keys or not token._state & WAITS:
            return False
        key = awaited_key(token, trigger)
        if key == token.internal_data.get("key"):
            return False
        token.internal_data["key"] = key
        token.top.effects += [Withdrawn(token.place), self.waiting(token)]
        return True

    def timer_of(self, token: Token) -> Timer | None:
        """The timer of its setting if there is one, else that of the drawing."""
        setting = token.top.services.timer_setting(self.process, self.element)
        return self.awaited(token).timer if setting is None else configured(setting, self.element)

    def first_due(self, token: Token, timer: Timer, host: str | None) -> Due | None:
        """When a timer is due; None where there is no time."""
        services = token.top.services
        now = services.now()
        if timer.formula is None:
            return timer.due({}, now, services.zone)
        variables = self.in_sight(token)
        extra = services.timer_context(token.place, host, variables)
        return timer.due({**variables, **extra} if extra else variables, now, services.zone)

    def set_due(self, token: Token, due: Due) -> None:
        """Notes a due time in the token, with what is needed to repeat it."""
        token.internal_data.update(due.kept() if due.every is not None else {"due": due.at})

    def waiting(self, token: Token) -> Effect | None:
        data, trigger = token.internal_data, self.awaited(token)
        if trigger.kind == "timer":
            return TimerArmed(token.place, data["due"], data.get("host")) if "due" in data else None
        if trigger.condition is not None:
            return ConditionAwaited(token.place, trigger.condition.text)
        if trigger is NONE:
            return None
        about, name = record_of(token.scope.view()), str(data.get("name", trigger.name))
        return EventAwaited(token.place, trigger.kind, name, data.get("key"), about)

    def take(self, token: Token, payload: Mapping[str, Any]) -> None:
        """Takes over what an event brings, and what its outputs make of it (BPMN 2.0, 10.3.2)."""
        if self.outputs_given and token.scope is token.workflow.scope:
            known = {**token.scope.view(), **payload}
            outputs = mapped(self.outputs_given, known, token.top.services.now())
            kept = {} if None in self.kept_inside else payload
            payload = {name: value for name, value in kept.items() if name not in self.kept_inside} | outputs
        token.scope.write(payload)

    def fire(self, token: Token, payload: Mapping[str, Any]) -> None:
        """What was awaited has happened."""
        self.take(token, payload)
        token.complete()

    def fire_part(self, token: Token, payload: Mapping[str, Any]) -> None:
        """One of several things, awaited for the token that carries this one, has happened."""
        carrier = token.parent
        self.take(token, payload)
        lacking = self.lacking(token)
        done(token)
        if not lacking:
            carrier.complete()

    def lacking(self, token: Token) -> bool:
        """Whether other things have to happen besides what this token has waited for."""
        return self.every and any(
            one.task_spec is self and one is not token and one._parent == token._parent and "part" in one.internal_data
            for one in token.workflow.tasks.values()
        )

    def begun(self, flow: Any) -> None:
        """Goes on as if what is awaited here had happened: it has begun the instance."""
        token = Token(flow, self)
        token.begin()
        token.complete()


def caught_in(body: Any, seen: set[int]) -> Iterator[Trigger]:
    """What is waited for at a step, and inside it."""
    if isinstance(body, Catching):
        yield from body.triggers
    target = getattr(body, "target", None)
    if target is not None and target.index not in seen:
        seen.add(target.index)
        for step in target.steps:
            yield from caught_in(step.body or step, seen)


def done(token: Token) -> None:
    """Takes a token away that has waited for its part."""
    token._state = TaskState.COMPLETED
    token.remove()


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


def rested(token: Token, due: Due) -> Due:
    """A timer that a loop has entered often waits at least a moment, so that a loop of spans of nothing rests."""
    soonest = token.top.services.now() + SHORTEST
    often = token.round is not None and token.round >= OFTEN
    return replace(due, at=soonest) if often and due.at < soonest else due


def repeat(token: Token, again: Token, host: str | None) -> None:
    """Lets `again` wait for what `token` waited for; removes it when there is no next time."""
    spec, data = token.task_spec, token.internal_data
    if "part" in data:
        again.internal_data["part"] = data["part"]
    if spec.awaited(token).kind != "timer":
        if spec.awaited(token).condition is not None:
            again.internal_data["held"] = True
        spec.listen(again, host)
        return
    due = Due(data["due"], data.get("again", 0), data.get("every"), data.get("day"), data.get("zone")).next()
    if due is None:
        again.remove()
        return
    again.number()
    spec.set_due(again, due)
    if host is not None:
        again.internal_data["host"] = host
    again._state = TaskState.WAITING
    token.top.effects.append(spec.waiting(again))
