"""A choice has conditions to choose by, and a default for when none is true."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element, Flow
from engine.bpmn.vocabulary import ACTIVITIES, Node, first
from engine.errors import Finding

RULE = "gateways"
_CHOOSING = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        outgoing = [sheet.model.flows[flow] for flow in element.outgoing]
        if node is None or not outgoing:
            continue
        if element.kind in _CHOOSING:
            yield from _choice(sheet, node, outgoing)
        else:
            yield from _unconditional(sheet, element, outgoing)
        chosen = node.get("default", "")
        if element.kind == "exclusiveGateway" and len(outgoing) > 1 and chosen in ("", *element.outgoing):
            yield from _one_way(sheet, outgoing)


def _choice(sheet: Sheet, node: Node, outgoing: list[Flow]) -> Iterator[Finding]:
    # Of the flows of a complex gateway, some are for its start and others for its reset.
    if all(not flow.default and flow.condition and "waitingForStart" not in flow.condition for flow in outgoing):
        yield sheet.warning(
            RULE,
            node,
            "Expected a way on when no condition is true, but every flow has a condition and none is the default:"
            " the process would stop here.",
            "Mark the flow to take when no condition is true as its default, if that can happen.",
        )
    for flow in outgoing:
        if flow.condition is not None and flow.default:
            yield sheet.warning(
                RULE,
                sheet.by_id.get(flow.id),
                "Expected the default flow to have no condition, but it has one, which is never looked at.",
                "Remove the condition, or choose another default flow.",
            )


def _one_way(sheet: Sheet, outgoing: list[Flow]) -> Iterator[Finding]:
    for flow in outgoing:
        drawn = sheet.by_id.get(flow.id)
        empty = drawn is not None and first(drawn, "conditionExpression") is not None
        if flow.condition is None and not flow.default and not empty:  # An empty one is told as an expression.
            yield sheet.error(
                RULE,
                drawn,
                "Expected the flow to %(target)s to have a condition, but it has none.",
                "Write a condition in FEEL, or make it the default flow.",
                target=flow.target,
            )


def _unconditional(sheet: Sheet, element: Element, outgoing: list[Flow]) -> Iterator[Finding]:
    for flow in outgoing:
        if flow.condition is not None:
            yield sheet.error(
                RULE,
                sheet.by_id.get(flow.id),
                "Expected no condition behind the %(kind)s, but the flow to %(target)s has one.",
                "Remove the condition, or use an exclusive or inclusive gateway.",
                kind=element.kind,
                target=flow.target,
            )
