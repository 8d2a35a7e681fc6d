"""Ids: every flow has one, and none is a name the executing side keeps for itself."""

from __future__ import annotations

from engine.bpmn.extensions import set_property
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import Node, bpmn, flows, identity, scopes, within

RESERVED = frozenset({"Start", "End", "Root"})
ORIGINAL = "original_id"
"""The property with an element's id as drawn, where what runs bears another."""
_REFERENCES = (
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "activityRef",
    "default",
    "bpmnElement",
    "processRef",
    "dataStoreRef",
)
_TEXT_REFERENCES = ("flowNodeRef", "sourceRef", "targetRef")


def name_flows(canvas: Canvas) -> None:
    """Gives flows without an id one made of their ends, as the model does."""
    for scope in scopes(canvas.process):
        for flow in flows(scope):
            if not identity(flow):
                flow.set("id", canvas.fresh(f"flow_{flow.get('sourceRef', '')}_{flow.get('targetRef', '')}"))


def drop_flow_lists(canvas: Canvas) -> None:
    """Removes the lists of incoming and outgoing flows, which only repeat the flows and would go stale."""
    for node in list(within(canvas.process, "incoming", "outgoing")):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def rename_reserved(canvas: Canvas) -> None:
    """Renames elements whose id would collide; the id as drawn stays as property `original_id`."""
    called = {node.get("calledElement") for node in within(canvas.process, "callActivity")}
    taken = RESERVED | called
    for node in list(within(canvas.process)):
        old = identity(node)
        if old and old in taken:
            rename(canvas, node, canvas.fresh(f"{old}_1"))
            set_property(node, ORIGINAL, old)


def rename(canvas: Canvas, node: Node, new: str) -> None:
    """Gives an element another id, wherever it is referred to."""
    old = identity(node)
    node.set("id", new)
    for other in canvas.root.iter("*"):
        for name in _REFERENCES:
            if other.get(name) == old:
                other.set(name, new)
        if other.tag in {bpmn(name) for name in _TEXT_REFERENCES} and (other.text or "").strip() == old:
            other.text = new
