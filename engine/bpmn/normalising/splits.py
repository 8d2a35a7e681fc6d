"""Several flows out of an activity or event become a gateway behind it."""

from __future__ import annotations

from engine.bpmn.normalising.canvas import Canvas, flows_by, set_condition
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    EVENTS,
    Node,
    first,
    flow_nodes,
    identity,
    local,
    scopes,
)


def draw_splits(canvas: Canvas) -> None:
    """Unconditional flows split in parallel; conditions and a default make an inclusive choice (BPMN 2.0, 13.2.1)."""
    for scope in scopes(canvas.process):
        leaving = flows_by(scope, "sourceRef")
        for node in list(flow_nodes(scope)):
            if local(node) in ACTIVITIES | EVENTS and len(leaving.get(identity(node), ())) > 1:
                _split(canvas, scope, node, leaving[identity(node)])


def _split(canvas: Canvas, scope: Node, node: Node, leaving: list[Node]) -> None:
    default = node.get("default")
    choosing = default is not None or any(_conditional(flow) for flow in leaving)
    kind = "inclusiveGateway" if choosing else "parallelGateway"
    gateway = canvas.add(scope, kind, f"{identity(node)}_split")
    canvas.join_lane(gateway, node)
    for flow in leaving:
        canvas.refer(flow, "sourceRef", gateway)
        if choosing and not _conditional(flow) and identity(flow) != default:
            set_condition(flow, "true")
    if default is not None:
        gateway.set("default", default)
        del node.attrib["default"]
    canvas.connect(node, gateway)


def _conditional(flow: Node) -> bool:
    return first(flow, "conditionExpression") is not None
