"""Lays out a whole drawing: its processes, their pools and lanes, one diagram."""

from __future__ import annotations

from lxml import etree

from engine.bpmn import extensions as ext
from engine.bpmn.boxes import Box
from engine.bpmn.layout import sizes
from engine.bpmn.layout.arrange import arrange
from engine.bpmn.layout.belongings import Belongings, Line
from engine.bpmn.layout.diagram import Diagram, draw
from engine.bpmn.layout.plan import Picture
from engine.bpmn.layout.reading import lanes_of
from engine.bpmn.read import read
from engine.bpmn.vocabulary import Node, children, first, identity, within

_LEFT, _TOP, _HEADER, _PAD, _POOL_GAP = 160, 80, 30, 44, 50
_END = 40


def layout(xml: bytes, file: str = "drawing.bpmn") -> bytes:
    """The same drawing with a new diagram: every element placed, left to right, lane by lane.

    Works on BPMN 2.0 with or without a diagram; whatever is not diagram stays as it is. `file` names the
    drawing in what is raised: Rejected, when it cannot be read.
    """
    root = read(xml, file).root
    collaboration = first(root, "collaboration")
    processes = list(children(root, "process"))
    subject = identity(collaboration if collaboration is not None else processes[0])
    later: list[Line] = []
    whole, y = Picture(), float(_TOP)
    for process in processes:
        belongings = Belongings(process)
        picture = arrange(process, belongings)
        later += belongings.undrawn()
        y = _frame(root, process, picture, whole, y) + _POOL_GAP
    diagram = Diagram(root, subject)
    draw(diagram, within(root), whole)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _frame(root: Node, process: Node, picture: Picture, whole: Picture, y: float) -> float:
    """Puts a process into its pool and lanes; answers where the pool ends."""
    pool = next((one for one in within(root, "participant") if one.get("processRef") == identity(process)), None)
    lanes = lanes_of(process)
    depth = _HEADER * ((pool is not None) + _depth(process))
    inset = depth + _PAD if depth else 0
    if pool is not None:
        _heighten(picture, sizes.band(ext.names(pool).values()))
    whole.add(picture.moved(_LEFT + inset, y))
    width = inset + picture.size[0] + (_END if depth else 0)
    for lane, (top, bottom) in zip(lanes, picture.bands, strict=False):
        left = _LEFT + (_HEADER if pool is not None else 0)
        whole.shapes[identity(lane)] = Box(left, y + top, width - left + _LEFT, bottom - top)
    bottom = y + picture.size[1]
    if pool is not None:
        whole.shapes[identity(pool)] = Box(_LEFT, y, width, picture.size[1])
    return bottom


def _heighten(picture: Picture, least: float) -> None:
    """Makes the last lane high enough for the name of the pool."""
    top, bottom = picture.bands[-1]
    picture.bands[-1] = top, max(bottom, least)
    picture.size = picture.size[0], picture.bands[-1][1]


def _depth(process: Node) -> int:
    return 1 if ext.lanes(process) else 0
