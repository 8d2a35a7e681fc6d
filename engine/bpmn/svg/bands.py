"""Draws pools and lanes, their names running up the left side."""

from __future__ import annotations

from engine.bpmn.boxes import Box
from engine.bpmn.svg.nodes import Shape
from engine.bpmn.svg.pen import Pen, number
from engine.bpmn.svg.words import width, wrap
from engine.bpmn.vocabulary import local

HEADER, SIZE, SMALL = 30.0, 13.0, 11.0
BOLD = 1.12  # how much wider letters are than those measured


def draw(pen: Pen, shape: Shape) -> None:
    """Draws one pool or lane; a pool without a process inside is a closed bar with its name across."""
    box = shape.box
    if local(shape.node) == "participant" and not shape.node.get("processRef"):
        pen.box("band", box, 3)
        pen.lines(wrap(shape.text, box.width - 20, SIZE, 2), box.middle[0], box.middle[1] + 4, SIZE)
        return
    pen.box("band", box, 3, fill="none")
    pen.box("band", Box(box.x, box.y, HEADER, box.height), 3)
    room = (box.height - 16) / BOLD
    size = SIZE if width(shape.text, SIZE) <= room else SMALL
    lines = wrap(shape.text, room, size, 2)
    x, y = box.x + HEADER / 2, box.middle[1]
    first = y + size * 0.35 - (len(lines) - 1) * size * 0.6
    pen.lines(lines, x, first, size, transform=f"rotate(-90 {number(x)} {number(y)})", font_weight="600")
