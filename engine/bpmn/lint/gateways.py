"""A choice always has a way out: conditions on its flows and a default among them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element, Flow
from engine.bpmn.vocabulary import ACTIVITIES, Node
from engine.errors import Finding

RULE = "gateways"
_CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        outgoing = [sheet.model.flows[flow] for flow in element.outgoing]
        if node is None or not outgoing:
            continue
        if element.kind in _CHOOSING:
            yield from _choice(sheet, node, outgoing)
        elif element.kind in ACTIVITIES:
            yield from _activity(sheet, node, outgoing)
        else:
            yield from _unconditional(sheet, element, outgoing)


def _choice(sheet: Sheet, node: Node, outgoing: list[Flow]) -> Iterator[Finding]:
    if len(outgoing) == 1 and outgoing[0].condition is None:
        return
    if not any(flow.default for flow in outgoing):
        yield sheet.error(
            RULE,
            node,
            "Expected the gateway to have a default flow, but it has none.",
            "Mark the flow to take when no condition is true as its default.",
        )
    for flow in outgoing:
        yield from _choice_flow(sheet, flow)


def _choice_flow(sheet: Sheet, flow: Flow) -> Iterator[Finding]:
    node = sheet.by_id.get(flow.id)
    if flow.condition is None and not flow.default:
        yield sheet.error(
            RULE,
            node,
            "Expected the flow to %(target)s to have a condition, but it has none.",
            "Write a condition in FEEL, or make it the default flow.",
            target=flow.target,
        )
    if flow.condition is not None and flow.default:
        yield sheet.warning(
            RULE,
            node,
            "Expected the default flow to have no condition, but it has one, which is never looked at.",
            "Remove the condition, or choose another default flow.",
        )


def _activity(sheet: Sheet, node: Node, outgoing: list[Flow]) -> Iterator[Finding]:
    conditional = [flow for flow in outgoing if flow.condition is not None and not flow.default]
    if conditional and len(conditional) == len(outgoing):
        yield sheet.error(
            RULE,
            node,
            "Expected a way on when no condition is true, but every flow out of this step has a condition.",
            "Draw an exclusive gateway behind the step, with a default flow.",
        )


def _unconditional(sheet: Sheet, element: Element, outgoing: list[Flow]) -> Iterator[Finding]:
    for flow in outgoing:
        if flow.condition is not None:
            yield sheet.error(
                RULE,
                sheet.by_id.get(flow.id),
                "Expected no condition behind a %(kind)s, but the flow to %(target)s has one.",
                "Remove the condition, or use an exclusive or inclusive gateway.",
                kind=element.kind,
                target=flow.target,
            )
