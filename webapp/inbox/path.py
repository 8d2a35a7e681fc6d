"""How a task came to be, and what may follow it: read from its instance's history and its drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import bpmn, history, inbox
from webapp.names import Names

STEPS_SHOWN = 8
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "parallelGateway", "complexGateway")
PLAIN = (*GATEWAYS, "boundaryEvent", "subProcess")
_HAPPENED = ("timer.fired", "message.received", "signal.received")
_TOLD = ("task.completed", "decision.evaluated", "step.done", *_HAPPENED, "task.skipped")


@dataclass(frozen=True)
class Past:
    """One earlier step: when, who, which element, what came of it; for a gateway the flow taken.

    `result` is what a decision gave, in words.
    """

    at: datetime
    actor: str | None
    on_behalf_of: str | None
    kind: str
    names: Mapping[str, str]
    flow: Mapping[str, str] | None
    detail: Mapping[str, Any]
    result: str


@dataclass(frozen=True)
class Next:
    """What may follow: on which answer (names of the flows on the way), which step, in whose lane."""

    conditions: tuple[Mapping[str, str], ...]
    names: Mapping[str, str]
    lane: Mapping[str, str] | None
    kind: str
    handover: str | None


def past(page: inbox.TaskPage, model: bpmn.Model, names: Names) -> list[Past]:
    """The steps and decisions that led to a task, the newest last."""
    found: list[Past] = []
    for event in page.steps:
        element = model.elements.get(event.element) if event.process == page.process else None
        if element is None or event.at > page.task.created_at:
            continue
        flow = _question(model, element, event)
        if element.kind == "userTask" and event.kind == "decision.evaluated":
            continue  # how much time there is, not why the step came
        told_before = event.kind == "step.done" and bool(found) and found[-1].names == element.names
        if (event.kind in _TOLD and not told_before) or flow is not None:
            result = _result(page, event, names)
            found.append(
                Past(event.at, event.actor, event.on_behalf_of, event.kind, element.names, flow, event.detail, result)
            )
    return found[-STEPS_SHOWN:]


def marks(model: bpmn.Model, process: str, events: Sequence[history.Event]) -> frozenset[str]:
    """The elements that were left at least once."""
    return frozenset(
        event.element
        for event in events
        if event.process == process and event.kind == "element.left" and event.element in model.elements
    )


def following(model: bpmn.Model, element: str) -> list[Next]:
    """The steps that may come right after an element, through gateways."""
    found: list[Next] = []
    _follow(model, element, (), {element}, found)
    return found


def _result(page: inbox.TaskPage, event: history.Event, names: Names) -> str:
    if event.kind != "decision.evaluated":
        return ""
    return names.result(page.definition_id, event.detail["decision"], event.detail["result"])


def _question(model: bpmn.Model, element: bpmn.Element, event: history.Event) -> Mapping[str, str] | None:
    """The answer chosen at an exclusive gateway that asks a question."""
    if event.kind != "element.left" or element.kind != "exclusiveGateway" or len(element.outgoing) < 2:
        return None
    taken = [model.flows[name] for name in event.detail.get("flows", ()) if name in model.flows]
    return next((flow.names for flow in taken if flow.name), None)


def _follow(
    model: bpmn.Model, name: str, conditions: tuple[Mapping[str, str], ...], seen: set[str], found: list[Next]
) -> None:
    for flow_id in model.elements[name].outgoing:
        flow = model.flows[flow_id]
        if flow.target in seen and model.elements[flow.target].kind in PLAIN:
            continue
        along = (*conditions, flow.names) if flow.name else conditions
        target = model.elements[flow.target]
        if target.kind in GATEWAYS:
            _follow(model, flow.target, along, seen | {flow.target}, found)
        elif target.kind == "subProcess" and not target.name:
            for start in _starts(model, flow.target):
                _follow(model, start, along, seen | {flow.target}, found)
        else:
            lane = next((each.names for each in model.lanes if each.id == target.lane), None)
            found.append(Next(along, target.names, lane, target.kind, target.handover))


def _starts(model: bpmn.Model, frame: str) -> list[str]:
    """Where the inside of a frame begins; one without a name was put around a step for its timers and repetitions."""
    return [each.id for each in model.elements.values() if each.parent == frame and each.kind == "startEvent"]
