"""Reads a drawing for the tests: elements, names, properties, boxes, and lines, with nothing of the engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parents[2] / "processes"
NAMES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "i18n": "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0",
}
TASKS = {"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess", "transaction"}
NODES = TASKS | {
    "exclusiveGateway",
    "parallelGateway",
    "eventBasedGateway",
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DRAWINGS = sorted(path.stem for path in (FOLDER / "bpmn").glob("*.bpmn"))

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in diagram units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than a border."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: "Box") -> bool:
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom

    def has_on_border(self, point: Point) -> bool:
        x, y = point
        inside = self.x <= x <= self.right and self.y <= y <= self.bottom
        return inside and (x in (self.x, self.right) or y in (self.y, self.bottom))


@dataclass(frozen=True)
class Line:
    """One edge of the diagram: what it draws, from where to where, and its points."""

    id: str
    kind: str
    source: str
    target: str
    points: tuple[Point, ...]

    @property
    def segments(self) -> Iterator[tuple[Point, Point]]:
        return zip(self.points, self.points[1:], strict=False)


class Drawing:
    """One file of processes/bpmn, or any other when its text is given."""

    def __init__(self, key: str, xml: bytes | None = None) -> None:
        self.key = key
        self.root = etree.fromstring(xml or (FOLDER / "bpmn" / f"{key}.bpmn").read_bytes())
        self.by_id = {node.get("id"): node for node in self.root.iter("{*}*") if node.get("id")}

    def all(self, path: str) -> list[etree._Element]:
        return self.root.findall(path, NAMES)

    @cached_property
    def process(self) -> etree._Element:
        return self.all("b:process")[0]

    @cached_property
    def nodes(self) -> dict[str, etree._Element]:
        """Activities, gateways and events by id, also those inside a sub-process."""
        return {node.get("id"): node for node in self.process.iter("{*}*") if kind(node) in NODES}

    @cached_property
    def flows(self) -> dict[tuple[str, str], etree._Element]:
        """Sequence flows by source and target."""
        return {(flow.get("sourceRef"), flow.get("targetRef")): flow for flow in self.all(".//b:sequenceFlow")}

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Every shape by the element that it draws."""
        return {shape.get("bpmnElement"): _box(shape) for shape in self.all(".//bpmndi:BPMNShape")}

    @cached_property
    def labels(self) -> dict[str, Box]:
        """Every placed label by the element that it names."""
        return {label.getparent().get("bpmnElement"): _box(label) for label in self.all(".//bpmndi:BPMNLabel")}

    @cached_property
    def lines(self) -> list[Line]:
        """Every edge with its ends: flows, associations, data associations."""
        return [self._line(edge) for edge in self.all(".//bpmndi:BPMNEdge")]

    def _line(self, edge: etree._Element) -> Line:
        drawn = self.by_id[edge.get("bpmnElement")]
        points = tuple((float(point.get("x")), float(point.get("y"))) for point in edge.findall("di:waypoint", NAMES))
        if kind(drawn) == "dataInputAssociation":
            ends = drawn.findtext("b:sourceRef", None, NAMES), drawn.getparent().get("id")
        elif kind(drawn) == "dataOutputAssociation":
            ends = drawn.getparent().get("id"), drawn.findtext("b:targetRef", None, NAMES)
        else:
            ends = drawn.get("sourceRef"), drawn.get("targetRef")
        return Line(drawn.get("id"), kind(drawn), str(ends[0]), str(ends[1]), points)

    @cached_property
    def lane_of(self) -> dict[str, str]:
        """The lane of each node, by id."""
        return {
            ref.text: lane.get("id") for lane in self.all(".//b:lane") for ref in lane.findall("b:flowNodeRef", NAMES)
        }

    @cached_property
    def reachable(self) -> dict[str, set[str]]:
        """For each node, all nodes that can follow it; a boundary event follows its host."""
        steps: dict[str, set[str]] = {name: set() for name in self.nodes}
        for source, target in self.flows:
            steps[source].add(target)
        for name, node in self.nodes.items():
            if node.get("attachedToRef"):
                steps[node.get("attachedToRef")].add(name)
        return {name: _closure(steps, name) for name in steps}


def _closure(steps: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        new = steps[todo.pop()] - found
        found |= new
        todo += new
    return found


def _box(holder: etree._Element) -> Box:
    bounds = holder.find("dc:Bounds", NAMES)
    assert bounds is not None
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def kind(node: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(node).localname


def translation(node: etree._Element, target: str) -> str:
    """The Chinese of an attribute (`@name`) or child of an element; empty when there is none."""
    for each in node.findall("*/{*}translation"):
        if each.get(LANGUAGE) == "zh-Hans" and each.get("target") == target:
            return each.text or ""
    return ""


def properties(node: etree._Element) -> dict[str, str]:
    """The extension properties of an element."""
    found = node.findall("b:extensionElements/camunda:properties/camunda:property", NAMES)
    return {each.get("name"): each.get("value") for each in found}


def attribute(node: etree._Element, name: str) -> str | None:
    """A Camunda attribute."""
    return node.get(f"{{{NAMES['camunda']}}}{name}")
