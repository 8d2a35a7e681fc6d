"""The diagram part of a drawing (BPMN DI): where shapes are, where room is left, and adding to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from engine.bpmn.boxes import Box, Point, along, box_of, label_of, points_of
from engine.bpmn.vocabulary import BPMNDI, DC, DI, Node

_STEP, _REACH, _MARGIN = 20, 320, 12
_SEARCHED = 5_000


class Plane:
    """The first diagram of a drawing; without one, nothing is placed and nothing fails."""

    def __init__(self, root: Node, containers: frozenset[str]) -> None:
        self._plane = root.find(f".//{{{BPMNDI}}}BPMNPlane")
        self._containers = containers
        self._taken: list[Box] | None = None
        self._field: Box | None = None
        self._shapes: dict[str, Node] = {}
        for child in self._drawn("BPMNShape", "BPMNEdge"):
            self._shapes.setdefault(child.get("bpmnElement", ""), child)

    @property
    def drawn(self) -> bool:
        """Whether the drawing has a diagram at all."""
        return self._plane is not None

    def find(self, element: str) -> Node | None:
        """The shape or edge of an element."""
        return self._shapes.get(element)

    def box(self, element: str) -> Box | None:
        """Where an element is drawn."""
        shape = self.find(element)
        return None if shape is None else box_of(shape)

    def _drawn(self, *kinds: str) -> Iterator[Node]:
        if self._plane is not None:
            for kind in kinds:
                yield from self._plane.iterchildren(f"{{{BPMNDI}}}{kind}")

    def boxes(self) -> Mapping[str, Box]:
        """Every drawn shape by element id."""
        found = {shape.get("bpmnElement", ""): box_of(shape) for shape in self._drawn("BPMNShape")}
        return {element: box for element, box in found.items() if box is not None}

    def solid(self) -> list[Box]:
        """The shapes that stand in the way of others: all but pools, lanes, groups and sub-processes."""
        return [box for element, box in self.boxes().items() if element not in self._containers]

    def place(self, element: str, box: Box, expanded: bool = False, label: Box | None = None) -> None:
        """Draws an element's shape, and says where its label goes."""
        if self._plane is not None:
            shape = self._add("BPMNShape", element)
            if expanded:
                shape.set("isExpanded", "true")
            _bound(shape, box)
            if label is not None:
                _bound(etree.SubElement(shape, f"{{{BPMNDI}}}BPMNLabel"), label)
            self._take(self._covered(shape))

    def _add(self, kind: str, element: str) -> Node:
        assert self._plane is not None
        given = {"id": f"{element}_di", "bpmnElement": element}
        added = etree.SubElement(self._plane, f"{{{BPMNDI}}}{kind}", given)
        self._shapes.setdefault(element, added)
        return added

    def _take(self, boxes: list[Box]) -> None:
        """Notes that something is drawn there now."""
        if self._taken is not None:
            self._taken.extend(boxes)
        if self._field is not None:
            self._field = around([self._field, *boxes])

    def draw(self, flow: str, points: Sequence[Point], label: Box | None = None) -> None:
        """Draws a flow's line, and says where its label goes; an older line of that flow goes."""
        self.erase(flow)
        if self._plane is not None:
            edge = self._add("BPMNEdge", flow)
            for x, y in points:
                etree.SubElement(edge, f"{{{DI}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
            if label is not None:
                _bound(etree.SubElement(edge, f"{{{BPMNDI}}}BPMNLabel"), label)
            self._take(self._covered(edge))

    def erase(self, element: str) -> None:
        """Removes an element from the diagram."""
        shape = self._shapes.pop(element, None)
        if shape is not None and self._plane is not None:
            self._taken = self._field = None
            self._plane.remove(shape)

    def line(self, flow: str) -> list[Point]:
        """The waypoints of a flow, empty when it is not drawn."""
        edge = self.find(flow)
        return [] if edge is None else points_of(edge)

    def obstacles(self) -> list[Box]:
        """Everything that new shapes must not cover: shapes, labels, lines, and the borders of lanes and pools."""
        if self._taken is None:
            self._taken = self._measure()
        return self._taken

    def _measure(self) -> list[Box]:
        return [box for part in self._drawn("BPMNShape", "BPMNEdge") for box in self._covered(part)]

    def _covered(self, part: Node) -> list[Box]:
        """What one shape or line covers: itself, or the border of a pool, lane or sub-process, and its label."""
        box = box_of(part)
        if part.tag == f"{{{BPMNDI}}}BPMNEdge":
            boxes = list(along(points_of(part)))
        elif box is not None and part.get("bpmnElement") in self._containers:
            boxes = list(along(_outline(box)))
        else:
            boxes = [] if box is None else [box]
        return [*boxes, *_labels(part)]

    def clear(self, box: Box, margin: float) -> bool:
        """Whether nothing is drawn there."""
        return not any(box.overlaps(taken, margin) for taken in self.obstacles())

    def extent(self) -> Box:
        """The rectangle around everything drawn."""
        if self._field is None:
            self._field = around(self.obstacles() or [Box(0, 0, 0, 0)])
        return self._field

    def room(self, near: Box, width: float, height: float) -> Box | None:
        """The free place of that size nearest below or around a shape; None when it is too crowded there.

        In a very large drawing no place is looked for: looking at all of it for each shape would take too long.
        """
        if len(self.obstacles()) > _SEARCHED:
            return None
        reach = Box(near.x - _REACH, near.y - _REACH, near.width + 2 * _REACH, near.height + 2 * _REACH)
        margin = max(width, height) + near.height + 40 + _MARGIN
        taken = [box for box in self.obstacles() if box.overlaps(reach, margin)]
        field = self.extent()
        for x, y in _around(near, width, height):
            wanted = Box(x, y, width, height)
            if field.holds(wanted) and not any(wanted.overlaps(box, _MARGIN) for box in taken):
                return wanted
        return None


def around(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle around some."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _bound(part: Node, box: Box) -> None:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    etree.SubElement(part, f"{{{DC}}}Bounds", {name: f"{side:g}" for name, side in sides.items()})


def _around(near: Box, width: float, height: float) -> list[Point]:
    steps = range(-_REACH, _REACH + 1, _STEP)
    start_x, start_y = near.middle[0] - width / 2, near.bottom + 40
    places = [(start_x + dx, start_y + dy) for dx in steps for dy in steps]
    return sorted(places, key=lambda place: (place[0] - start_x) ** 2 + 2 * (place[1] - start_y) ** 2)


def _outline(box: Box) -> list[Point]:
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    return [*corners, corners[0]]


def _labels(shape: Node) -> list[Box]:
    label = label_of(shape)
    return [] if label is None else [label]
