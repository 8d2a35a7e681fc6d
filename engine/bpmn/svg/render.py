"""From a drawing's diagram part to one SVG text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.bpmn.boxes import Box, Point, box_of, label_of, points_of
from engine.bpmn.extensions import BASE_LANGUAGE, annotation_text, names, properties
from engine.bpmn.read import Drawing
from engine.bpmn.svg import bands, lines, nodes
from engine.bpmn.svg.icons import STAR
from engine.bpmn.svg.nodes import Shape
from engine.bpmn.svg.pen import SVG, Pen, number
from engine.bpmn.svg.words import width
from engine.bpmn.vocabulary import ACTIVITIES, ASSOCIATIONS, BPMNDI, SCOPES, Node, identity, local

_TOKEN = re.compile(r"[A-Za-z][\w-]*")
_MARGIN = 16
_NAMESPACES: Any = {None: SVG}


@dataclass(frozen=True)
class Mark:
    """How an element is shown on a page: CSS class tokens (such as `is-active is-high-performing`), and a badge."""

    classes: str = ""
    badge: str = ""

    @property
    def tokens(self) -> list[str]:
        """The class tokens; anything that is none is dropped."""
        return [token for token in self.classes.split() if _TOKEN.fullmatch(token)]


_NO_MARK = Mark()


def render_svg(
    drawing: Drawing,
    language: str = BASE_LANGUAGE,
    marks: Mapping[str, Mark] | None = None,
    title: str | None = None,
) -> str:
    """The drawing's diagram as one `<svg>` element.

    Names are shown in `language` (`en`, `zh-Hans`) where translated. Every element is a
    `<g data-element-id=...>` with a `<title>`; `marks` adds classes and badges by element
    id. There are no style attributes, style elements or scripts in it. A drawing without a
    diagram gives an empty picture with its title.
    """
    return _Picture(drawing, "zh-Hans" if language.startswith("zh") else language, marks or {}).text(title)


class _Picture:
    def __init__(self, drawing: Drawing, language: str, marks: Mapping[str, Mark]) -> None:
        self.drawing, self.language, self.marks = drawing, language, marks
        self.by_id = {identity(node): node for node in drawing.root.iter("*") if identity(node)}
        self.plane = drawing.root.find(f".//{{{BPMNDI}}}BPMNPlane")
        self.guarded = {node.get("attachedToRef") for node in self.by_id.values()}
        self.shapes = list(self._shapes())
        self.edges = list(self._edges())

    def text(self, title: str | None) -> str:
        area = self._area()
        view = " ".join(number(side) for side in (area.x, area.y, area.width, area.height))
        size = {"width": number(area.width), "height": number(area.height)}
        root = etree.Element("svg", {"class": "diagram", "viewBox": view, "role": "img", **size}, nsmap=_NAMESPACES)
        pen = Pen(root)
        pen.title(title or self._name(self.drawing.process) or identity(self.drawing.process))
        self._draw(pen)
        return etree.tostring(root, encoding="unicode")

    def _draw(self, pen: Pen) -> None:
        for shape in self.shapes:
            if local(shape.node) in ("participant", "lane"):
                bands.draw(self._group(pen, shape.node), shape)
        boxes = [shape for shape in self.shapes if shape.expanded and local(shape.node) in SCOPES]
        for shape in sorted(boxes, key=lambda one: -one.box.width * one.box.height):
            self._node(pen, shape)
        for node, points, label in self.edges:
            source = self.by_id.get(node.get("sourceRef", ""))
            lines.draw(self._group(pen, node), node, points, source, self._name(node), label)
        rest = [one for one in self.shapes if one not in boxes and local(one.node) not in ("participant", "lane")]
        for shape in sorted(rest, key=lambda one: local(one.node) == "boundaryEvent"):
            self._node(pen, shape)

    def _node(self, pen: Pen, shape: Shape) -> None:
        group = self._group(pen, shape.node)
        nodes.draw(group, shape)
        if properties(shape.node).get("high_performing") == "true":
            inside = local(shape.node) in ACTIVITIES  # in what is smaller it would hide the sign in the middle
            corner = (shape.box.right - 19, shape.box.y + 5) if inside else (shape.box.right - 6, shape.box.y - 8)
            group.icon("star", STAR, *corner)
        badge = self._mark(shape.node).badge
        if badge:
            _badge(group, shape.box, badge)

    def _group(self, pen: Pen, node: Node) -> Pen:
        found = properties(node)
        tokens = ["d-element", f"d-{local(node)}"]
        if "expanded" in found or self._touches_expanded(node):
            tokens.append("is-expanded")
        if found.get("high_performing") == "true":
            tokens.append("is-high-performing")
        tokens.extend(token for token in self._mark(node).tokens if token not in tokens)
        group = pen.inside(" ".join(tokens), data_element_id=identity(node))
        group.title(self._title(node))
        return group

    def _touches_expanded(self, node: Node) -> bool:
        if local(node) != "sequenceFlow":
            return False
        ends = (self.by_id.get(node.get(end, "")) for end in ("sourceRef", "targetRef"))
        return any(end is not None and "expanded" in properties(end) for end in ends)

    def _mark(self, node: Node) -> Mark:
        return self.marks.get(identity(node), _NO_MARK)

    def _name(self, node: Node) -> str:
        texts = annotation_text(node) if local(node) == "textAnnotation" else names(node)
        return texts.get(self.language) or texts.get(BASE_LANGUAGE, "")

    def _title(self, node: Node) -> str:
        badge = self._mark(node).badge
        name = self._name(node) or self._ends(node) or identity(node)
        return f"{name} ({badge})" if badge else name

    def _ends(self, node: Node) -> str:
        """What a line without a name joins, such as `Load context → Fast track?`; empty when that has no names."""
        if local(node) not in ("sequenceFlow", "messageFlow", *ASSOCIATIONS):
            return ""
        found = [self._name(self._end(node, side)).strip() for side in ("sourceRef", "targetRef")]
        return " → ".join(name or "…" for name in found) if any(found) else ""

    def _end(self, node: Node, side: str) -> Node:
        """What a line touches on a side. A data association is part of its step, and that is the side it leaves out."""
        text = "".join(each.text or "" for each in node.iterchildren("*") if local(each) == side)
        found = self.by_id.get(node.get(side) or text.strip())
        parent = node.getparent()
        own = found is None or local(found) == "property"
        return parent if own and parent is not None else found if found is not None else node

    def _parts(self, kind: str) -> Iterator[tuple[Node, Node]]:
        """The shapes or edges of the diagram with the element each one shows."""
        found = [] if self.plane is None else self.plane.iterchildren(f"{{{BPMNDI}}}{kind}")
        for part in found:
            node = self.by_id.get(part.get("bpmnElement", "").rpartition(":")[2])
            if node is not None:
                yield part, node

    def _shapes(self) -> Iterator[Shape]:
        for part, node in self._parts("BPMNShape"):
            box = box_of(part)
            if box is not None:
                expanded = part.get("isExpanded") == "true"
                guarded = identity(node) in self.guarded
                yield Shape(node, box, self._name(node), label_of(part), expanded, guarded)

    def _edges(self) -> Iterator[tuple[Node, list[Point], Box | None]]:
        for part, node in self._parts("BPMNEdge"):
            points = points_of(part)
            if len(points) > 1:
                yield node, points, label_of(part)

    def _area(self) -> Box:
        boxes = [shape.box for shape in self.shapes]
        boxes += [shape.label for shape in self.shapes if shape.label is not None]
        boxes += [Box(x, y, 0, 0) for _, points, _ in self.edges for x, y in points]
        boxes = boxes or [Box(0, 0, 0, 0)]
        x, y = min(box.x for box in boxes) - _MARGIN, min(box.y for box in boxes) - _MARGIN
        right, bottom = max(box.right for box in boxes) + _MARGIN, max(box.bottom for box in boxes) + _MARGIN
        # Labels without a place of their own hang below their shape.
        return Box(x, y, right - x, bottom - y + 24)


def _badge(pen: Pen, box: Box, text: str) -> None:
    wide = max(20.0, width(text, 11) + 12)
    pill = Box(box.right - wide / 2, box.y - 10, wide, 20)
    pen.box("pill", pill, 10)
    pen.lines([text], pill.middle[0], pill.y + 14, 11, style="pill-text")
