"""A repeated task put into a sub-process of its own, so that events can guard each round."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from engine.bpmn.extensions import properties, set_property
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.normalising.ids import ORIGINAL
from engine.bpmn.quantities import QUANTITIES
from engine.bpmn.translating.counters import COUNTS_FROM
from engine.bpmn.vocabulary import Node, bpmn, event_kind, identity, local, loop_of, undoes, within


def guard_rounds(canvas: Canvas) -> None:
    """Lets boundary events with the property `guards` = `each` watch each round of a repeated task.

    What such an event leads to belongs to the round, too, and must not be reached from anywhere else.
    """
    for node in list(within(canvas.process, "userTask")):
        events = (event for event in canvas.attached(node) if event_kind(event) != "compensate")  # is about each anyway
        own = [event for event in events if properties(event).get("guards") == "each"]
        if own and loop_of(node) is not None:
            repeat_around(canvas, node, own)


def repeat_around(canvas: Canvas, node: Node, own: Sequence[Node] = ()) -> Node:
    """Moves a task's repetition to a sub-process around it, which takes over its flows and drawn events.

    The events `own`, and those put on the task afterwards, guard each round alone. The task keeps its id
    and its place in the diagram; the sub-process is not drawn. Returns the sub-process.
    """
    scope, loop, wanted = node.getparent(), loop_of(node), f"{identity(node)}_each"
    assert scope is not None and loop is not None
    mine = {identity(event) for event in own}
    entering = [flow for flow in canvas.incoming(node) if flow.get("sourceRef") not in mine]
    leaving = canvas.outgoing(node)
    events = [event for event in canvas.attached(node) if event not in own]
    outer = canvas.add(scope, "subProcess", wanted)
    canvas.join_lane(outer, node)
    if local(scope) == "adHocSubProcess":
        set_property(outer, ORIGINAL, identity(node))  # the drawing may name it among the steps to begin with
    if COUNTS_FROM in properties(node):
        set_property(outer, COUNTS_FROM, properties(node)[COUNTS_FROM])
    for flow in entering:
        canvas.refer(flow, "targetRef", outer)
    for flow in leaving:
        canvas.refer(flow, "sourceRef", outer)
    for event in events:
        canvas.refer(event, "attachedToRef", outer)
    _compensate(canvas, node, outer)
    for name in ("default", *QUANTITIES):
        if node.get(name):
            outer.set(name, str(node.attrib.pop(name)))
    outer.append(loop)
    start = etree.SubElement(outer, bpmn("startEvent"), {"id": canvas.fresh(f"{wanted}_start")})
    outer.append(node)
    end = etree.SubElement(outer, bpmn("endEvent"), {"id": canvas.fresh(f"{wanted}_end")})
    canvas.connect(start, node)
    canvas.connect(node, end)
    for event in own:
        _move(canvas, event, outer)
    return outer


def _compensate(canvas: Canvas, node: Node, outer: Node) -> None:
    """Lets compensation mean the sub-process in place of the task, whether that is undone or undoes another."""
    for thrown in canvas.referring("activityRef", node):
        canvas.refer(thrown, "activityRef", outer)
    if not undoes(node):
        return
    outer.set("isForCompensation", str(node.attrib.pop("isForCompensation")))
    for end, other in (("sourceRef", "targetRef"), ("targetRef", "sourceRef")):
        for association in canvas.referring(end, node):
            event = canvas.node(association.get(other, ""))
            if local(association) == "association" and event is not None and event_kind(event) == "compensate":
                canvas.refer(association, end, outer)


def _move(canvas: Canvas, node: Node, scope: Node) -> None:
    """Puts an element into another scope, with the flows that leave it and what they lead to."""
    if node.getparent() is scope:
        return
    flows = canvas.outgoing(node)
    scope.append(node)
    for flow in flows:
        target = canvas.node(flow.get("targetRef", ""))
        scope.append(flow)
        if target is not None:
            _move(canvas, target, scope)
