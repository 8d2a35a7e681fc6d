"""Flows and boundary events point at elements that exist, in the same process or sub-process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import ACTIVITIES, FLOW_NODES, Node, identity, local, scopes
from engine.bpmn.vocabulary import flow_nodes as nodes_of
from engine.bpmn.vocabulary import flows as flows_of
from engine.errors import Finding, Sentence

RULE = "references"


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        here = {identity(node): node for node in nodes_of(scope)}
        for flow in flows_of(scope):
            for end in ("sourceRef", "targetRef"):
                yield from _end(sheet, flow, end, here)
            yield from _at_an_end(sheet, flow, here)
        drawn = {identity(flow) for flow in flows_of(scope)}
        for node in here.values():
            yield from _attached(sheet, node, here)
            yield from _default(sheet, node, drawn)


def _end(sheet: Sheet, flow: Node, end: str, here: dict[str, Node]) -> Iterator[Finding]:
    if flow.get(end) not in here:
        yield sheet.error(
            RULE,
            flow,
            "Expected the flow to connect steps of one process, but its %(end)s %(name)s is not among them.",
            "Draw the flow again; between pools use a message flow, into a sub-process end at its border.",
            end=end,
            name=flow.get(end, "(empty)"),
        )


def _at_an_end(sheet: Sheet, flow: Node, here: dict[str, Node]) -> Iterator[Finding]:
    """Nothing leads into an event that begins something, and nothing out of one that ends it."""
    source, target = here.get(flow.get("sourceRef", "")), here.get(flow.get("targetRef", ""))
    into = target if target is not None and local(target) in ("startEvent", "boundaryEvent") else None
    out_of = source if source is not None and local(source) == "endEvent" else None
    for node, way in ((into, "into"), (out_of, "out of")):
        if node is not None:
            yield sheet.error(
                RULE,
                flow,
                "Expected no flow %(way)s a %(kind)s, but one is drawn at %(id)s.",
                "Lead the flow to the step behind it, or begin it at the step before it.",
                way=Sentence(way),
                kind=local(node),
                id=identity(node),
            )


def _attached(sheet: Sheet, node: Node, here: dict[str, Node]) -> Iterator[Finding]:
    host = here.get(node.get("attachedToRef", ""))
    if local(node) == "boundaryEvent" and (host is None or local(host) not in ACTIVITIES):
        yield sheet.error(
            RULE,
            node,
            "Expected the boundary event to sit on an activity, but %(name)s is none here.",
            "Drag the event onto the border of the activity it guards.",
            name=node.get("attachedToRef", "(empty)"),
        )


def _default(sheet: Sheet, node: Node, here: set[str]) -> Iterator[Finding]:
    default = node.get("default")
    if local(node) in FLOW_NODES and default is not None and default not in here:
        yield sheet.error(
            RULE,
            node,
            "Expected the default flow to be one of the outgoing flows, but %(name)s does not exist.",
            "Choose the default flow again.",
            name=default,
        )
