"""What the patterns are built of: marked elements, boundary events, and lines between shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from engine.bpmn.boxes import Box, Point
from engine.bpmn.extensions import set_property
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import XSI, Node, bpmn, camunda, identity

Texts = Mapping[str, str]
TASK, SMALL = (110.0, 50.0), 24.0
ROUND, LABEL = 36.0, 64.0


class Pattern:
    """Adds the elements of one pattern beside an element of the drawing, in its lane and marked with its code."""

    def __init__(self, canvas: Canvas, code: str, scope: Node, beside: Node) -> None:
        self.canvas, self.code, self.scope, self.beside = canvas, code, scope, beside

    def add(self, kind: str, wanted: str, names: Texts, scope: Node | None = None, **attributes: str) -> Node:
        """An element of the pattern."""
        node = self.canvas.add(self.scope if scope is None else scope, kind, wanted, names, **attributes)
        set_property(node, "expanded", self.code)
        if scope is None or scope is self.scope:
            self.canvas.join_lane(node, self.beside)
        return node

    def service(self, wanted: str, names: Texts, topic: str, scope: Node | None = None) -> Node:
        """A service task that the engine itself performs."""
        node = self.add("serviceTask", wanted, names, scope)
        node.set(camunda("type"), "external")
        node.set(camunda("topic"), topic)
        return node

    def timer(self, host: Node, wanted: str, names: Texts, kind: str, text: str, interrupting: bool) -> Node:
        """A boundary timer; `kind` is timeDate or timeDuration."""
        node = self.boundary(host, wanted, names, interrupting)
        definition = etree.SubElement(node, bpmn("timerEventDefinition"), {"id": self._definition(node)})
        formal = {f"{{{XSI}}}type": f"{_prefix(node)}tFormalExpression"}
        etree.SubElement(definition, bpmn(kind), formal).text = text
        return node

    def boundary(self, host: Node, wanted: str, names: Texts, interrupting: bool) -> Node:
        """A boundary event, still without its definition."""
        flag = "true" if interrupting else "false"
        return self.add(
            "boundaryEvent", wanted, names, host.getparent(), attachedToRef=identity(host), cancelActivity=flag
        )

    def define(self, node: Node, kind: str, reference: str) -> None:
        """Says what an event is about: kind is message or error, reference the id of its declaration."""
        attributes = {"id": self._definition(node), f"{kind}Ref": reference}
        etree.SubElement(node, bpmn(f"{kind}EventDefinition"), attributes)

    def _definition(self, node: Node) -> str:
        return self.canvas.fresh(f"{identity(node)}_definition")

    def sit(self, event: Node, host: Node, shares: Sequence[float] = (0.75, 0.25, 0.5)) -> Box | None:
        """Draws a boundary event on its host's lower border, where no other sits; nearest at the first share."""
        box = self.canvas.plane.box(identity(host))
        if box is None:
            return None
        others = [self.canvas.plane.box(identity(one)) for one in self.canvas.attached(host) if one is not event]
        taken = [other for other in others if other is not None]
        places = [seat(box, share, low) for low in (True, False) for share in shares]
        free = [place for place in places if not any(place.overlaps(other) for other in taken)]
        chosen = (free or places)[0]
        width = min(LABEL, 14 + 6.0 * len(event.get("name", "")))  # a short name leaves room for its neighbours
        self.canvas.place(event, chosen, label=beside_line(chosen, chosen.middle[0] < box.middle[0], width))
        return chosen


def seat(host: Box, share: float, low: bool = True) -> Box:
    """The place of a boundary event at a share of its host's width."""
    y = host.bottom if low else host.y
    return Box(host.x + host.width * share - ROUND / 2, y - ROUND / 2, ROUND, ROUND)


def beside_line(box: Box, left: bool = False, width: float = LABEL) -> Box:
    """Where the label of a boundary event does not lie on the line that leaves it."""
    return Box(box.x + 4 - width if left else box.right - 4, box.middle[1] + 6, width, 14)


def route(start: Box, end: Box) -> list[Point]:
    """A line from a boundary event down (or up) to a shape, with at most one corner."""
    x = start.middle[0]
    below = end.middle[1] > start.middle[1]
    y = start.bottom if below else start.y
    if end.x <= x <= end.right:
        return [(x, y), (x, end.y if below else end.bottom)]
    return [(x, y), (x, end.middle[1]), (end.x if x < end.x else end.right, end.middle[1])]


def across(left: Box, right: Box) -> list[Point]:
    """A straight line from one shape to the next on its right."""
    return [(left.right, left.middle[1]), (right.x, left.middle[1])]


def _prefix(node: Node) -> str:
    space = bpmn("x")[1:-2]
    prefix = next((name for name, uri in node.nsmap.items() if uri == space and name), "")
    return f"{prefix}:" if prefix else ""
