"""A repeated task put into a sub-process of its own, so that timers can guard each round."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.normalising.canvas import Canvas, attached, incoming, outgoing
from engine.bpmn.vocabulary import Node, bpmn, identity, loop_of


def repeat_around(canvas: Canvas, node: Node) -> Node:
    """Moves a task's repetition to a sub-process around it, which takes over its flows and drawn events.

    Events put on the task afterwards guard each round alone. The task keeps its id and its
    place in the diagram; the sub-process is not drawn. Returns the sub-process.
    """
    scope, loop, wanted = node.getparent(), loop_of(node), f"{identity(node)}_each"
    assert scope is not None and loop is not None
    entering, leaving, events = incoming(node), outgoing(node), attached(node)
    outer = canvas.add(scope, "subProcess", wanted)
    canvas.join_lane(outer, node)
    for flow in entering:
        flow.set("targetRef", identity(outer))
    for flow in leaving:
        flow.set("sourceRef", identity(outer))
    for event in events:
        event.set("attachedToRef", identity(outer))
    if node.get("default"):
        outer.set("default", str(node.attrib.pop("default")))
    outer.append(loop)
    start = etree.SubElement(outer, bpmn("startEvent"), {"id": canvas.fresh(f"{wanted}_start")})
    outer.append(node)
    end = etree.SubElement(outer, bpmn("endEvent"), {"id": canvas.fresh(f"{wanted}_end")})
    canvas.connect(start, node)
    canvas.connect(node, end)
    return outer
