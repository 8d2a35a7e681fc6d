"""Every place of a drawing where FEEL stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.expressions import expression, timer_expression, unwrap
from engine.bpmn.extensions import extensions, properties
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.times import written
from engine.bpmn.vocabulary import (
    FLOW_NODES,
    Node,
    camunda,
    children,
    event_definitions,
    first,
    local,
    loop_of,
    text_of,
)

ATTRIBUTES = ("assignee", "owner", "candidateUsers", "candidateGroups", "dueDate", "followUpDate", "priority")
PROPERTIES = (
    "activities",
    "skip_when",
    "subject",
    "worked_out_name",
    "payload",
    "correlation",
    "handover.business_key",
    "handover.each",
    "approval.level",
    "approval.requester",
    "approval.urgency",
    "approval.subject",
)


@dataclass(frozen=True)
class Place:
    """One expression: where it stands, what the place is called, its FEEL, and whether it is a timer's."""

    node: Node
    name: str
    text: str
    timer: bool = False


def places(sheet: Sheet) -> Iterator[Place]:
    """The expressions of a process in file order, unwrapped; literals are left out."""
    for flow in sheet.nodes("sequenceFlow"):
        condition = first(flow, "conditionExpression")
        if condition is not None:
            yield Place(flow, "condition", unwrap(text_of(condition)))
    for node in sheet.nodes(*FLOW_NODES):
        yield from _of_node(node)


def _of_node(node: Node) -> Iterator[Place]:
    yield from _timers(node)
    yield from _attributes(node)
    yield from _properties(node)
    yield from _loops(node)
    yield from _mappings(node)
    for inner in children(node, "activationCondition", "completionCondition"):
        yield Place(node, local(inner), unwrap(text_of(inner)))
    if local(node) == "scriptTask" and node.get("scriptFormat", "").lower() in ("", "feel"):
        yield Place(node, "script", unwrap(text_of(first(node, "script"))))


def _timers(node: Node) -> Iterator[Place]:
    for definition in event_definitions(node):
        for condition in children(definition, "condition"):
            yield Place(node, "condition", unwrap(text_of(condition)))
        for timer in children(definition, "timeDate", "timeDuration", "timeCycle"):
            text = timer_expression(local(timer), text_of(timer))
            if not written(text):
                yield Place(node, local(timer), text, timer=True)


def _attributes(node: Node) -> Iterator[Place]:
    for name in ATTRIBUTES:
        value = node.get(camunda(name), "")
        whole = expression(value)
        parts = [whole] if whole is not None else [expression(part) for part in value.split(",")]
        for part in parts:
            if part is not None:
                yield Place(node, f"camunda:{name}", part, timer=name == "dueDate")


def _properties(node: Node) -> Iterator[Place]:
    found = properties(node)
    for name in PROPERTIES:
        if name in found:
            yield Place(node, name, unwrap(found[name]))


def _loops(node: Node) -> Iterator[Place]:
    loop = loop_of(node)
    if loop is not None:
        if loop.get(camunda("collection")):
            yield Place(node, "camunda:collection", unwrap(loop.get(camunda("collection"), "")))
        for inner in children(loop, "loopCardinality", "completionCondition"):
            yield Place(node, local(inner), unwrap(text_of(inner)))
        for definition in children(loop, "complexBehaviorDefinition"):
            for inner in children(definition, "condition"):
                yield Place(node, local(inner), unwrap(text_of(inner)))
    for standard in children(node, "standardLoopCharacteristics"):
        for inner in children(standard, "loopCondition"):
            yield Place(node, "loopCondition", unwrap(text_of(inner)))


def _mappings(node: Node) -> Iterator[Place]:
    for name in ("in", "out"):
        for mapping in extensions(node, name):
            if mapping.get("sourceExpression"):
                yield Place(node, f"camunda:{name}", unwrap(mapping.get("sourceExpression", "")))
    for holder in extensions(node, "inputOutput"):
        for parameter in holder.iterchildren("*"):
            text = expression(text_of(parameter))
            if text is not None:
                yield Place(node, f"parameter {parameter.get('name', '')}", text)
