"""Activities that simply stop get an end event; sub-processes that simply begin get a start event."""

from __future__ import annotations

from engine.bpmn.normalising.canvas import Canvas, flows_by
from engine.bpmn.vocabulary import ACTIVITIES, SCOPES, Node, children, event_kind, flow_nodes, identity, local, scopes


def draw_ends(canvas: Canvas) -> None:
    """Adds the events that BPMN lets a drawing leave out."""
    for scope in scopes(canvas.process):
        leaving = flows_by(scope, "sourceRef")
        for node in list(flow_nodes(scope)):
            if _stops(node) and identity(node) not in leaving:
                canvas.connect(node, canvas.add(scope, "endEvent", f"{identity(node)}_end"))
        if local(scope) in SCOPES and not list(children(scope, "startEvent")):
            _begin(canvas, scope)


def _stops(node: Node) -> bool:
    activity = local(node) in ACTIVITIES and node.get("triggeredByEvent") != "true"
    return activity or (local(node) != "endEvent" and local(node) == "intermediateThrowEvent" and not event_kind(node))


def _begin(canvas: Canvas, scope: Node) -> None:
    entered = flows_by(scope, "targetRef")
    heads = [
        node
        for node in flow_nodes(scope)
        if identity(node) not in entered and local(node) != "boundaryEvent" and node.get("triggeredByEvent") != "true"
    ]
    for head in heads:
        canvas.connect(canvas.add(scope, "startEvent", f"{identity(scope)}_start"), head)
