"""A signal end event becomes a throwing event, which sends, and a plain end."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import bpmn, event_definitions, event_kind, identity, within


def split_signal_ends(canvas: Canvas) -> None:
    """Keeps the id on the throwing event, so that history and marks still name what was drawn."""
    for node in list(within(canvas.process, "endEvent")):
        if event_kind(node) != "signal" or len(event_definitions(node)) > 1:
            continue
        node.tag = bpmn("intermediateThrowEvent")
        scope = node.getparent()
        assert scope is not None
        end = canvas.add(scope, "endEvent", f"{identity(node)}_end")
        canvas.join_lane(end, node)
        box = canvas.plane.box(identity(node))
        line = []
        if box is not None:
            canvas.place(end, Box(box.right + 30, box.y + 6, 24, 24))
            line = [(box.right, box.middle[1]), (box.right + 30, box.middle[1])]
        canvas.connect(node, end, line=line)
