"""Where a process can begin: its start events, and what it is begun by besides them (BPMN 2.0, 13.1 and 13.4.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import NotFound
from engine.spiff.events import EventGateway, ReceiveTask
from engine.spiff.flows import Flow
from engine.spiff.start_events import StartEvent


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in: the element with its id as drawn, and the event-based gateway that it is reached by, if any.

    Of several such gateways each needs one of its events; the instance that one has begun waits at the `others`.
    """

    step: Any
    drawn: str
    gateway: EventGateway | None = None
    others: tuple[EventGateway, ...] = ()

    def open(self, flow: Flow, message: str | None) -> None:
        """Begins the instance here."""
        flow.arm_event_subs()
        if self.gateway is not None:
            self.gateway.chosen(flow, self.step)
            for other in self.others:
                other.enter(flow, None)
        elif not isinstance(self.step, StartEvent):
            self.step.begun(flow)
        elif self.step.every and message is not None:
            self.step.begin_with(flow, message)
        else:
            self.step.enter(flow, None)


def entries(steps: Sequence[Any], drawn: Mapping[str, str]) -> tuple[Entry, ...]:
    """The ways into a process, in the order of the file; `drawn` gives the ids of elements as drawn."""
    found: list[Entry] = []
    gateways = [step for step in steps if isinstance(step, EventGateway) and step.begins]
    for step in steps:
        if isinstance(step, StartEvent) or (isinstance(step, ReceiveTask) and step.begins):
            found.append(Entry(step, drawn[step.element]))
        elif isinstance(step, EventGateway) and step.begins:
            others = tuple(other for other in gateways if other is not step)
            found += [Entry(way.target, drawn[way.target.element], step, others) for way in step.ways]
    return tuple(found)


def entry(known: Sequence[Entry], process: str, message: str | None, at: str | None) -> Entry:
    """The way in that is asked for: an element, a message, or else the plain one.

    Raises `NotFound` when there is none, or when several are plain and none is named.
    """
    if at is not None:
        found = [one for one in known if at in (one.step.element, one.drawn)]
    elif message is not None:
        found = [one for one in known if _begins_with(one, message)]
    else:
        found = [one for one in known if one.step.trigger.kind == "none"] or list(known)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            "Expected a start event for %(what)s in '%(process)s', but it has none.",
            what=f"the message '{message}'" if message else at or "a plain start",
            process=process,
        )
    raise NotFound(
        "Expected to be told where '%(process)s' is to begin, because it has several beginnings: %(starts)s.",
        process=process,
        starts=", ".join(one.drawn for one in found),
    )


def _begins_with(one: Entry, message: str) -> bool:
    return any(trigger.kind == "message" and trigger.name == message for trigger in one.step.triggers)
