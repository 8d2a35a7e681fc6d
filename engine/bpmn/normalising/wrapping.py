"""A repeated task put into a sub-process of its own, so that events can guard each round."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from engine.bpmn.extensions import properties
from engine.bpmn.normalising.canvas import Canvas, attached, incoming, outgoing
from engine.bpmn.vocabulary import Node, bpmn, identity, loop_of, within


def guard_rounds(canvas: Canvas) -> None:
    """Lets boundary events with the property `guards` = `each` watch each round of a repeated task.

    What such an event leads to belongs to the round, too, and must not be reached from anywhere else.
    """
    for node in list(within(canvas.process, "userTask")):
        own = [event for event in attached(node) if properties(event).get("guards") == "each"]
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
    entering = [flow for flow in incoming(node) if flow.get("sourceRef") not in mine]
    leaving = outgoing(node)
    events = [event for event in attached(node) if event not in own]
    outer = canvas.add(scope, "subProcess", wanted)
    canvas.join_lane(outer, node)
    for flow in entering:
        flow.set("targetRef", identity(outer))
    for flow in leaving:
        flow.set("sourceRef", identity(outer))
    for event in events:
        event.set("attachedToRef", identity(outer))
    for thrown in within(canvas.process, "compensateEventDefinition"):
        if thrown.get("activityRef", "").rpartition(":")[2] == identity(node):
            thrown.set("activityRef", identity(outer))
    if node.get("default"):
        outer.set("default", str(node.attrib.pop("default")))
    outer.append(loop)
    start = etree.SubElement(outer, bpmn("startEvent"), {"id": canvas.fresh(f"{wanted}_start")})
    outer.append(node)
    end = etree.SubElement(outer, bpmn("endEvent"), {"id": canvas.fresh(f"{wanted}_end")})
    canvas.connect(start, node)
    canvas.connect(node, end)
    for event in own:
        _move(canvas, event, outer)
    return outer


def _move(canvas: Canvas, node: Node, scope: Node) -> None:
    """Puts an element into another scope, with the flows that leave it and what they lead to."""
    if node.getparent() is scope:
        return
    flows = outgoing(node)
    scope.append(node)
    for flow in flows:
        target = canvas.node(flow.get("targetRef", ""))
        scope.append(flow)
        if target is not None:
            _move(canvas, target, scope)
