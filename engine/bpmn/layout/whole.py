"""Lays out a whole drawing: its processes in their pools and lanes, what leads between them, one diagram."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from engine.bpmn import extensions as ext
from engine.bpmn.boxes import Box, Point
from engine.bpmn.layout import sizes
from engine.bpmn.layout.arrange import arrange
from engine.bpmn.layout.belongings import Belongings
from engine.bpmn.layout.diagram import Diagram, draw
from engine.bpmn.layout.groups import group_boxes
from engine.bpmn.layout.leads import Field
from engine.bpmn.layout.plan import Picture
from engine.bpmn.layout.reading import lanes_of
from engine.bpmn.layout.refusals import crowded, refuse
from engine.bpmn.layout.route import Blocked
from engine.bpmn.layout.undrawn import is_drawn, name_flows
from engine.bpmn.read import Drawing, read
from engine.bpmn.vocabulary import Node, children, first, identity, local, within
from engine.errors import Rejected

_LEFT, _TOP, _HEADER, _PAD, _END = 160.0, 80.0, 30, 44, 40
_POOL_GAP, _CLOSED_POOL = 60, (600.0, 60.0)
KEPT = 32
_FRAMES = ("participant", "lane", "group")


def layout(xml: bytes, file: str = "drawing.bpmn") -> bytes:
    """The same drawing with a new diagram: every element placed, left to right, lane by lane.

    Works on BPMN 2.0 with or without a diagram; whatever is no diagram stays as it is, and so do colours.
    `file` names the drawing in what is raised: Rejected, when it cannot be read or a line leads nowhere.
    """
    return _placed(read(xml, file, as_drawn=True))


def with_diagram(xml: bytes, file: str) -> bytes:
    """The drawing as it is when its diagram shows every step and flow, else laid out. Raises Rejected as `layout` does.

    Flows without an id get one, to be laid out.
    """
    drawing = read(xml, file, as_drawn=True)
    return xml if is_drawn(drawing.root) else _with_named_flows(drawing)


def to_be_seen(drawing: Drawing) -> Drawing:
    """The drawing when its diagram shows every step and flow, else as laid out; as it is where it cannot be."""
    return drawing if is_drawn(drawing.root) else _laid_out(drawing)


@lru_cache(KEPT)
def _laid_out(drawing: Drawing) -> Drawing:
    """Kept, because pages show the same drawing again and again."""
    copied = replace(drawing, tree=copy.deepcopy(drawing.tree))
    try:
        xml = _with_named_flows(copied)
    except Rejected:
        return drawing
    return replace(copied, xml=xml)


def _with_named_flows(drawing: Drawing) -> bytes:
    name_flows(drawing.root)
    return _placed(drawing)


def _placed(drawing: Drawing) -> bytes:
    """Gives the tree of a drawing a new diagram, and the text of both."""
    refuse(drawing)
    root, file = drawing.root, drawing.file
    subject = first(root, "collaboration")
    if subject is None:
        subject = next(children(root, "process"))
    sheet = _Sheet(root)
    try:
        sheet.place()
    except Blocked as blocked:
        raise crowded(file, str(blocked)) from blocked
    sheet.lead()
    groups = group_boxes(root, sheet.picture)
    diagram = Diagram(root, identity(subject))
    draw(diagram, within(root), sheet.picture, groups)
    diagram.indent()
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


class _Sheet:
    """Everything of one drawing on one sheet, in diagram units."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.by_id = {identity(node): node for node in root.iter("*") if identity(node)}
        self.picture = Picture()
        self.later: list[tuple[str, str, str]] = []
        """Lines that are led at the end: id, start, end."""
        self._y = _TOP

    def place(self) -> None:
        """Puts pool below pool, in the order of the file; then processes that have none."""
        pools = list(within(self.root, "participant"))
        processes = {identity(process): process for process in children(self.root, "process")}
        for pool in pools:
            self._add(pool, processes.pop(pool.get("processRef", ""), None))
        for process in processes.values():
            self._add(None, process)
        self._align(pools)
        for flow in within(self.root, "messageFlow"):
            self.later.append((identity(flow), flow.get("sourceRef", ""), flow.get("targetRef", "")))

    def _add(self, pool: Node | None, process: Node | None) -> None:
        if process is None:
            if pool is not None:
                self.picture.shapes[identity(pool)] = Box(_LEFT, self._y, *_CLOSED_POOL)
                self._y += _CLOSED_POOL[1] + _POOL_GAP
            return
        belongings = Belongings(process)
        picture = arrange(process, belongings)
        self.later += [(line.id, *line.ends) for line in belongings.undrawn()]
        self._frame(pool, process, picture)
        self._y += picture.size[1] + _POOL_GAP

    def _frame(self, pool: Node | None, process: Node, picture: Picture) -> None:
        """Draws a process in its pool and lanes."""
        if pool is not None:
            _heighten(picture, sizes.band(ext.names(pool).values()))
        outer = _HEADER if pool is not None else 0
        depth = max([_depth(lane) for lane in ext.lanes(process)], default=0)
        inset = outer + depth * _HEADER
        inset += _PAD if inset else 0
        self.picture.add(picture.moved(_LEFT + inset, self._y))
        width = inset + picture.size[0] + (_END if inset else 0)
        for lane, (top, bottom) in zip(lanes_of(process), picture.bands, strict=False):
            left = outer + (_depth(lane) - 1) * _HEADER
            self.picture.shapes[identity(lane)] = Box(_LEFT + left, self._y + top, width - left, bottom - top)
        for lane in reversed(ext.lanes(process)):
            self._surround_lanes(lane, width - outer - (_depth(lane) - 1) * _HEADER)
        if pool is not None:
            self.picture.shapes[identity(pool)] = Box(_LEFT, self._y, width, picture.size[1])

    def _surround_lanes(self, lane: Node, width: float) -> None:
        """Draws a lane that is divided into others."""
        inner = [self.picture.shapes[identity(one)] for one in within(lane, "lane")]
        if inner:
            top, bottom = min(box.y for box in inner), max(box.bottom for box in inner)
            right = max(box.right for box in inner)
            self.picture.shapes[identity(lane)] = Box(right - width, top, width, bottom - top)

    def _align(self, pools: Sequence[Node]) -> None:
        """Makes all pools, and the lanes in them, end at the same right border."""
        shapes = self.picture.shapes
        right = max((shapes[identity(pool)].right for pool in pools), default=0)
        for name, box in shapes.items():
            if name in self.by_id and local(self.by_id[name]) in ("participant", "lane"):
                shapes[name] = Box(box.x, box.y, right - box.x, box.height)

    # What leads between things that have their places

    def lead(self) -> None:
        """Draws the lines that had to wait."""
        if not self.later:
            return
        picture = self.picture
        solid = {name: box for name, box in picture.shapes.items() if local(self.by_id[name]) not in _FRAMES}
        field = Field(solid, picture.labels.values(), picture.lines.values())
        for name, start, end in self.later:
            starts, ends = list(self._points(start, end)), list(self._points(end, start))
            if starts and ends:
                line = field.lead(starts, ends, {*self._around(start), *self._around(end)})
                picture.lines[name] = line
                field.add(line)
                label = sizes.label(ext.names(self.by_id[name]).values())
                if label is not None:
                    picture.labels[name] = field.room(line, label)
                    field.labels.append(picture.labels[name])

    def _around(self, name: str) -> set[str]:
        """An element, its host, and the sub-processes around it."""
        node = self.by_id[name]
        return {name, node.get("attachedToRef", ""), *(identity(one) for one in node.iterancestors())}

    def _points(self, name: str, other: str) -> Iterator[Point]:
        """Where a line may touch an element: the middle of the pieces of a flow, the border of a shape."""
        for start, end in zip(self.picture.lines.get(name, []), self.picture.lines.get(name, [])[1:], strict=False):
            yield (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        box = self.picture.shapes.get(name)
        if box is None:
            return
        if local(self.by_id[name]) in _FRAMES:
            facing = self.picture.shapes.get(other, box)
            yield facing.middle[0], box.y if facing.middle[1] < box.y else box.bottom
            return
        for share in (0.5,) if box.width < 60 else (0.3, 0.7, 0.5):
            yield box.x + box.width * share, box.y
            yield box.x + box.width * share, box.bottom
            yield box.x, box.y + box.height * share
            yield box.right, box.y + box.height * share


def _heighten(picture: Picture, least: float) -> None:
    """Makes the last lane high enough for the name of the pool."""
    top, bottom = picture.bands[-1]
    picture.bands[-1] = top, max(bottom, least)
    picture.size = picture.size[0], picture.bands[-1][1]


def _depth(lane: Node) -> int:
    """1 for a lane, 2 for one inside another, and so on."""
    return sum(local(node) == "laneSet" or local(node) == "childLaneSet" for node in lane.iterancestors())
