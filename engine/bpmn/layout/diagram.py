"""From a picture to BPMN DI: one diagram with one plane in place of those the drawing had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from engine.bpmn.boxes import Box, Point
from engine.bpmn.layout.plan import Picture
from engine.bpmn.layout.reading import is_expanded
from engine.bpmn.vocabulary import BPMNDI, DC, DI, SCOPES, Node, identity, local

_NAMES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}


class Diagram:
    """The diagram part of a drawing while it is being written; coloured shapes keep their colours."""

    def __init__(self, root: Node, subject: str) -> None:
        self.root = root
        self._old = {
            shape.get("bpmnElement", ""): {str(key): str(value) for key, value in shape.attrib.items()}
            for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
        }
        old = root.findall(f"{{{BPMNDI}}}BPMNDiagram")
        self._diagram = etree.Element(f"{{{BPMNDI}}}BPMNDiagram", {"id": f"diagram_{subject}"}, nsmap=_NAMES)
        if old:
            for name in ("id", "name"):
                if old[0].get(name):
                    self._diagram.set(name, old[0].get(name, ""))
        for one in old:
            root.remove(one)
        root.append(self._diagram)
        self.plane = etree.SubElement(
            self._diagram, f"{{{BPMNDI}}}BPMNPlane", {"id": f"plane_{subject}", "bpmnElement": subject}
        )

    def shape(self, node: Node, box: Box, label: Box | None = None) -> None:
        """Draws a node."""
        kind, name = local(node), identity(node)
        attributes = {"id": f"{name}_di", "bpmnElement": name} | self._kept(name)
        if kind in ("participant", "lane"):
            attributes["isHorizontal"] = "true"
        if kind in SCOPES:
            attributes["isExpanded"] = str(is_expanded(node)).lower()
        if kind == "exclusiveGateway":
            attributes["isMarkerVisible"] = "true"
        part = etree.SubElement(self.plane, f"{{{BPMNDI}}}BPMNShape", attributes)
        _bounds(part, box)
        self._label(part, label)

    def edge(self, node: Node, points: Sequence[Point], label: Box | None = None) -> None:
        """Draws a connection."""
        name = identity(node)
        attributes = {"id": f"{name}_di", "bpmnElement": name} | self._kept(name)
        part = etree.SubElement(self.plane, f"{{{BPMNDI}}}BPMNEdge", attributes)
        for x, y in points:
            etree.SubElement(part, f"{{{DI}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
        self._label(part, label)

    def indent(self) -> None:
        """Puts every part on a line of its own, so that versions can be compared."""
        before = self._diagram.getprevious()
        if before is not None:
            before.tail = "\n  "
        etree.indent(self._diagram, level=1)
        self._diagram.tail = "\n"

    def _kept(self, name: str) -> dict[str, str]:
        """Colours and other foreign attributes of the old shape."""
        return {key: value for key, value in self._old.get(name, {}).items() if key.startswith("{")}

    def _label(self, part: Node, label: Box | None) -> None:
        if label is not None:
            _bounds(etree.SubElement(part, f"{{{BPMNDI}}}BPMNLabel"), label)


def _bounds(part: Node, box: Box) -> None:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    etree.SubElement(part, f"{{{DC}}}Bounds", {name: f"{side:g}" for name, side in sides.items()})


def draw(diagram: Diagram, nodes: Iterable[Node], picture: Picture, groups: Mapping[str, Box]) -> None:
    """Writes everything in a picture, shapes before lines, groups last."""
    found = list(nodes)
    for node in found:
        box = picture.shapes.get(identity(node))
        if box is not None:
            diagram.shape(node, box, picture.labels.get(identity(node)))
    for node in found:
        line = picture.lines.get(identity(node))
        if line is not None:
            diagram.edge(node, line, picture.labels.get(identity(node)))
    for node in found:
        if identity(node) in groups:
            diagram.shape(node, groups[identity(node)])
