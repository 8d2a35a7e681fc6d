"""A drawing while it is being changed: adding elements, flows, lanes and their place in the diagram."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from lxml import etree

from engine.bpmn.boxes import Box, Point
from engine.bpmn.extensions import BASE_LANGUAGE, extension_holder, lanes, properties
from engine.bpmn.normalising.plane import Plane
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import (
    ARTIFACTS,
    BPMN,
    I18N,
    SCOPES,
    XML,
    XSI,
    Node,
    bpmn,
    children,
    event_kind,
    first,
    flows,
    identity,
    text_of,
    within,
)

Texts = Mapping[str, str]


class Canvas:
    """A private copy of a drawing's tree, and the changes that keep it one piece."""

    def __init__(self, drawing: Drawing) -> None:
        self.file = drawing.file
        self.root = copy.deepcopy(drawing.root)
        self.process_id = identity(drawing.process)
        self.process = Drawing(drawing.file, b"", etree.ElementTree(self.root), self.process_id).process
        self._ids = {identity(node) for node in self.root.iter("*")}
        self.plane = Plane(self.root, frozenset(self._containers()))

    def _containers(self) -> list[str]:
        kinds = ("participant", "lane", "group", *SCOPES)
        return [identity(node) for node in within(self.root, *kinds)]

    def drawing(self) -> Drawing:
        """The changed drawing."""
        tree = etree.ElementTree(self.root)
        return Drawing(self.file, etree.tostring(tree, encoding="UTF-8", xml_declaration=True), tree, self.process_id)

    def fresh(self, wanted: str) -> str:
        """An id nobody has: the wanted one, or one with a number behind it."""
        ident, number = wanted, 2
        while ident in self._ids:
            ident, number = f"{wanted}_{number}", number + 1
        self._ids.add(ident)
        return ident

    def node(self, element: str) -> Node | None:
        """A node of the process by its id."""
        return next((node for node in within(self.process) if identity(node) == element), None)

    def add(self, scope: Node, kind: str, wanted: str, names: Texts | None = None, **attributes: str) -> Node:
        """Adds a BPMN element inside a process or sub-process, under a fresh id."""
        node = etree.Element(bpmn(kind), {"id": self.fresh(wanted), **attributes})
        artifact = next(children(scope, *ARTIFACTS, "association"), None)
        if artifact is None:
            scope.append(node)
        else:
            artifact.addprevious(node)
        if names:
            self.name(node, names)
        return node

    def name(self, node: Node, names: Texts) -> None:
        """Gives an element its name and the translations of it."""
        for language, text in names.items():
            if language == BASE_LANGUAGE:
                node.set("name", text)
            else:
                attributes = {"target": "@name", f"{{{XML}}}lang": language}
                etree.SubElement(extension_holder(node), f"{{{I18N}}}translation", attributes).text = text

    def connect(
        self,
        source: Node,
        target: Node,
        names: Texts | None = None,
        condition: str | None = None,
        line: Sequence[Point] = (),
        label: Box | None = None,
    ) -> Node:
        """Adds a flow between two elements of one scope; `condition` is bare FEEL."""
        scope = source.getparent()
        assert scope is not None
        ends = {"sourceRef": identity(source), "targetRef": identity(target)}
        flow = self.add(scope, "sequenceFlow", f"flow_{ends['sourceRef']}__{ends['targetRef']}", names, **ends)
        if condition is not None:
            set_condition(flow, condition)
        if line:
            self.plane.draw(identity(flow), line, label)
        return flow

    def place(self, node: Node, box: Box | None, expanded: bool = False, label: Box | None = None) -> None:
        """Draws an element where there is room for it."""
        if box is not None:
            self.plane.place(identity(node), box, expanded, label)

    def join_lane(self, node: Node, neighbour: Node) -> None:
        """Puts an element into the lane of another."""
        for lane in lanes(self.process):
            references = list(children(lane, "flowNodeRef"))
            if any(text_of(reference) == identity(neighbour) for reference in references):
                added = etree.Element(bpmn("flowNodeRef"))
                added.text = identity(node)
                references[-1].addnext(added)
                return

    def declare(self, kind: str, attribute: str, value: str, wanted: str) -> str:
        """The id of the message or error with that name or code, declared now if it was not."""
        for node in children(self.root, kind):
            if node.get(attribute) == value:
                return identity(node)
        node = etree.Element(bpmn(kind), {"id": self.fresh(wanted), "name": value, attribute: value})
        self.process.addprevious(node)
        return identity(node)


def set_condition(flow: Node, condition: str) -> None:
    """Writes a flow's condition."""
    old = first(flow, "conditionExpression")
    if old is not None:
        flow.remove(old)
    prefix = next((name for name, space in flow.nsmap.items() if space == BPMN and name), "")
    kind = f"{prefix}:tFormalExpression" if prefix else "tFormalExpression"
    etree.SubElement(flow, bpmn("conditionExpression"), {f"{{{XSI}}}type": kind}).text = condition


def outgoing(node: Node) -> list[Node]:
    """The flows that leave an element, in file order."""
    scope = node.getparent()
    return [] if scope is None else [flow for flow in flows(scope) if flow.get("sourceRef") == identity(node)]


def flows_by(scope: Node, end: str) -> Mapping[str, list[Node]]:
    """The flows of a process or sub-process by the element at their `sourceRef` or `targetRef`, in file order."""
    found: dict[str, list[Node]] = {}
    for flow in flows(scope):
        found.setdefault(flow.get(end, ""), []).append(flow)
    return found


def incoming(node: Node) -> list[Node]:
    """The flows that enter an element, in file order."""
    scope = node.getparent()
    return [] if scope is None else [flow for flow in flows(scope) if flow.get("targetRef") == identity(node)]


def attached(node: Node, *kinds: str) -> list[Node]:
    """The boundary events on an activity, of these event kinds when some are named."""
    scope = node.getparent()
    events = [] if scope is None else children(scope, "boundaryEvent")
    here = [event for event in events if event.get("attachedToRef") == identity(node)]
    return [event for event in here if not kinds or event_kind(event) in kinds]


def is_expanded(node: Node) -> bool:
    """Whether a pattern added this element."""
    return "expanded" in properties(node)
