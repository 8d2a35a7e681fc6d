"""Draws pools and lanes, their names running up the left side."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.svg.nodes import Shape
from engine.bpmn.svg.pen import Pen, number
from engine.bpmn.svg.words import wrap
from engine.bpmn.vocabulary import local

HEADER, SIZE = 30.0, 13.0


def draw(pen: Pen, shape: Shape) -> None:
    """Draws one pool or lane; a pool without a process inside is a closed bar with its name across."""
    box = shape.box
    if local(shape.node) == "participant" and not shape.node.get("processRef"):
        pen.box("band", box, 3)
        pen.lines(wrap(shape.text, box.width - 20, SIZE, 2), box.middle[0], box.middle[1] + 4, SIZE)
        return
    pen.box("band", box, 3, fill="none")
    pen.box("band", Box(box.x, box.y, HEADER, box.height), 3)
    lines = wrap(shape.text, box.height - 16, SIZE, 2)
    x, y = box.x + HEADER / 2, box.middle[1]
    first = y + SIZE * 0.35 - (len(lines) - 1) * SIZE * 0.6
    pen.lines(lines, x, first, SIZE, transform=f"rotate(-90 {number(x)} {number(y)})", font_weight="600")
