"""An activity put into a sub-process of its own, so that events or repetition get the border they need."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.normalising.canvas import Canvas, attached, incoming, outgoing
from engine.bpmn.vocabulary import ACTIVITIES, Node, bpmn, flow_nodes, identity, local, loop_of, scopes


def guard_repeated(canvas: Canvas) -> None:
    """Boundary events on a multi-instance activity move to a sub-process around it: they guard all its rounds."""
    for scope in scopes(canvas.process):
        for node in list(flow_nodes(scope)):
            events = attached(node)
            if local(node) in ACTIVITIES and loop_of(node) is not None and events:
                outer = wrap(canvas, node, f"{identity(node)}_all")
                for event in events:
                    event.set("attachedToRef", identity(outer))


def repeat_around(canvas: Canvas, node: Node) -> Node:
    """Moves a task's repetition to a sub-process around it; events on the task then guard each round alone.

    Returns the sub-process.
    """
    loop = loop_of(node)
    assert loop is not None
    outer = wrap(canvas, node, f"{identity(node)}_each")
    outer.insert(0, loop)
    return outer


def wrap(canvas: Canvas, node: Node, wanted: str) -> Node:
    """Puts an activity between a start and an end inside a new sub-process that takes over its flows.

    The activity keeps its id and its place in the diagram; the sub-process is not drawn.
    """
    scope = node.getparent()
    assert scope is not None
    entering, leaving, events = incoming(node), outgoing(node), attached(node)
    outer = canvas.add(scope, "subProcess", wanted)
    canvas.join_lane(outer, node)
    for flow in entering:
        flow.set("targetRef", identity(outer))
    for flow in leaving:
        flow.set("sourceRef", identity(outer))
    if node.get("default"):
        outer.set("default", str(node.attrib.pop("default")))
    start = etree.SubElement(outer, bpmn("startEvent"), {"id": canvas.fresh(f"{wanted}_start")})
    outer.append(node)
    end = etree.SubElement(outer, bpmn("endEvent"), {"id": canvas.fresh(f"{wanted}_end")})
    canvas.connect(start, node)
    canvas.connect(node, end)
    for event in events:
        # Events stay in the outer scope; whoever wraps decides whom they guard.
        event.set("attachedToRef", identity(outer))
    return outer
