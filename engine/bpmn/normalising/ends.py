"""Activities that simply stop get an end event; sub-processes that simply begin get a start event."""

from __future__ import annotations

from engine.bpmn.normalising.canvas import Canvas, incoming, outgoing
from engine.bpmn.vocabulary import ACTIVITIES, SCOPES, Node, children, event_kind, flow_nodes, identity, local, scopes


def draw_ends(canvas: Canvas) -> None:
    """Adds the events that BPMN lets a drawing leave out."""
    for scope in scopes(canvas.process):
        for node in list(flow_nodes(scope)):
            if _stops(node) and not outgoing(node):
                canvas.connect(node, canvas.add(scope, "endEvent", f"{identity(node)}_end"))
        if local(scope) in SCOPES and not list(children(scope, "startEvent")):
            _begin(canvas, scope)


def _stops(node: Node) -> bool:
    activity = local(node) in ACTIVITIES and node.get("triggeredByEvent") != "true"
    return activity or (local(node) != "endEvent" and local(node) == "intermediateThrowEvent" and not event_kind(node))


def _begin(canvas: Canvas, scope: Node) -> None:
    heads = [
        node
        for node in flow_nodes(scope)
        if not incoming(node) and local(node) != "boundaryEvent" and node.get("triggeredByEvent") != "true"
    ]
    for head in heads:
        canvas.connect(canvas.add(scope, "startEvent", f"{identity(scope)}_start"), head)
