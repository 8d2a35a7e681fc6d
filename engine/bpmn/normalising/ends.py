"""Activities that simply stop get an end event; what simply begins gets a start event."""

from __future__ import annotations

from engine.bpmn.implicit import heads
from engine.bpmn.normalising.canvas import Canvas, flows_by
from engine.bpmn.vocabulary import ACTIVITIES, Node, children, event_kind, flow_nodes, identity, local, scopes, undoes


def draw_ends(canvas: Canvas) -> None:
    """Adds the events that BPMN lets a drawing leave out (10.4.2 and 10.4.3); an ad hoc sub-process has none."""
    for scope in scopes(canvas.process):
        if local(scope) == "adHocSubProcess":
            continue
        leaving = flows_by(scope, "sourceRef")
        for node in list(flow_nodes(scope)):
            if _stops(node) and identity(node) not in leaving:
                canvas.connect(node, canvas.add(scope, "endEvent", f"{identity(node)}_end"))
        if not list(children(scope, "startEvent")):
            _begin(canvas, scope)


def _stops(node: Node) -> bool:
    activity = local(node) in ACTIVITIES and node.get("triggeredByEvent") != "true" and not undoes(node)
    return activity or (local(node) == "intermediateThrowEvent" and not event_kind(node))


def _begin(canvas: Canvas, scope: Node) -> None:
    """One start event that leads to all that is to begin, or to an end where nothing is to be done."""
    first = heads(scope)
    if not first and local(scope) != "process":
        first = [canvas.add(scope, "endEvent", f"{identity(scope)}_end")]
    if first:
        start = canvas.add(scope, "startEvent", f"{identity(scope)}_start")
        for head in first:
            canvas.connect(start, head)
