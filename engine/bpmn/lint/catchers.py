"""What happens at one place has one catcher there: of two nobody could tell which is meant."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import properties
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import (
    Node,
    children,
    event_definitions,
    flow_nodes,
    flows,
    identity,
    kind_of,
    local,
    scopes,
)
from engine.errors import Finding

RULE = "one-catcher"
# Signals, timers and conditions are for everybody who waits.
_TAKEN_ONCE = ("message", "error", "escalation")
Caught = tuple[str, str, str, str]


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        first: dict[Caught, str] = {}
        for place, node in _catching(scope):
            for caught in _caught(sheet, place, node):
                other = first.setdefault(caught, identity(node))
                if other != identity(node):
                    yield sheet.error(
                        RULE,
                        node,
                        "Expected one event to catch the %(kind)s %(name)s here, but %(first)s and %(second)s do.",
                        "Keep one of them, or let them catch different things.",
                        kind=caught[1],
                        name=caught[2] or "(any)",
                        first=other,
                        second=identity(node),
                    )


def _catching(scope: Node) -> Iterator[tuple[str, Node]]:
    """The events that catch at one place, with that place: a border, an event gateway, the scope."""
    nodes = {identity(node): node for node in flow_nodes(scope)}
    for node in nodes.values():
        if local(node) == "boundaryEvent":
            yield f"on {node.get('attachedToRef')}", node
        elif node.get("triggeredByEvent") == "true":
            yield from (("in", start) for start in children(node, "startEvent"))
    for flow in flows(scope):
        source, target = nodes.get(flow.get("sourceRef", "")), nodes.get(flow.get("targetRef", ""))
        if source is not None and target is not None and local(source) == "eventBasedGateway":
            yield f"behind {identity(source)}", target


def _caught(sheet: Sheet, place: str, node: Node) -> Iterator[Caught]:
    told_apart = properties(node).get("correlation", "")
    if local(node) == "receiveTask":
        yield place, "message", _name(sheet, node, "message"), told_apart
    for definition in event_definitions(node):
        kind = kind_of(definition)
        if kind in _TAKEN_ONCE:
            yield place, kind, _name(sheet, definition, kind), told_apart


def _name(sheet: Sheet, holder: Node, kind: str) -> str:
    declared = sheet.by_id.get(holder.get(f"{kind}Ref", "").rpartition(":")[2])
    return "" if declared is None else declared.get("name" if kind == "message" else f"{kind}Code", "")
