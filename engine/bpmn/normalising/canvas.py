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
    local,
    text_of,
    within,
)

Texts = Mapping[str, str]
REFERRING = ("sourceRef", "targetRef", "attachedToRef", "activityRef")


class Canvas:
    """A private copy of a drawing's tree, and the changes that keep it one piece."""

    def __init__(self, drawing: Drawing) -> None:
        self.file = drawing.file
        self.root = copy.deepcopy(drawing.root)
        self.process_id = identity(drawing.process)
        self.process = Drawing(drawing.file, b"", etree.ElementTree(self.root), self.process_id).process
        self._ids = {identity(node) for node in self.root.iter("*")}
        self._numbers: dict[str, int] = {}
        self._referring: dict[tuple[str, str], list[Node]] = {}
        self._nodes: dict[str, Node] = {}
        for node in within(self.process):
            self._note(node)
        self._artifacts: dict[Node, Node | None] = {}
        self._lanes: dict[str, list[Node]] | None = None
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
        ident, number = wanted, self._numbers.get(wanted, 2)
        while ident in self._ids:
            ident, number = f"{wanted}_{number}", number + 1
        self._ids.add(ident)
        self._numbers[wanted] = number
        return ident

    def node(self, element: str) -> Node | None:
        """A node of the process by its id."""
        return self._nodes.get(element)

    def _note(self, node: Node) -> None:
        """Remembers an element, and what it refers to."""
        self._nodes.setdefault(identity(node), node)
        for name in REFERRING:
            target = node.get(name)
            if target is not None:
                self._referring.setdefault((name, target.rpartition(":")[2]), []).append(node)

    def refer(self, node: Node, name: str, target: Node) -> None:
        """Lets an element refer to another one from now on; `name` is one of `REFERRING`."""
        node.set(name, identity(target))
        self._referring.setdefault((name, identity(target)), []).append(node)

    def referring(self, name: str, target: Node) -> list[Node]:
        """The elements of the process that refer to an element."""
        wanted = identity(target)
        found = self._referring.get((name, wanted), ())
        return [node for node in found if node.get(name, "").rpartition(":")[2] == wanted]

    def _beside(self, kind: str, name: str, target: Node) -> list[Node]:
        scope = target.getparent()
        found = self.referring(name, target)
        return [node for node in found if node.tag == bpmn(kind) and node.getparent() is scope]

    def outgoing(self, node: Node) -> list[Node]:
        """The flows that leave an element, in file order."""
        return [one for one in self._beside("sequenceFlow", "sourceRef", node) if local(one) == "sequenceFlow"]

    def incoming(self, node: Node) -> list[Node]:
        """The flows that enter an element, in file order."""
        return [one for one in self._beside("sequenceFlow", "targetRef", node) if local(one) == "sequenceFlow"]

    def attached(self, node: Node, *kinds: str) -> list[Node]:
        """The boundary events on an activity, of these event kinds when some are named."""
        here = self._beside("boundaryEvent", "attachedToRef", node)
        return [event for event in here if not kinds or event_kind(event) in kinds]

    def add(self, scope: Node, kind: str, wanted: str, names: Texts | None = None, **attributes: str) -> Node:
        """Adds a BPMN element inside a process or sub-process, under a fresh id."""
        node = etree.Element(bpmn(kind), {"id": self.fresh(wanted), **attributes})
        artifact = self._artifact(scope)
        if artifact is None:
            scope.append(node)
        else:
            artifact.addprevious(node)
        self._note(node)
        if names:
            self.name(node, names)
        return node

    def _artifact(self, scope: Node) -> Node | None:
        """The first artifact of a process or sub-process, before which the schema wants its elements."""
        found = self._artifacts.get(scope)
        if scope not in self._artifacts or (found is not None and found.getparent() is not scope):
            found = self._artifacts[scope] = next(children(scope, *ARTIFACTS, "association"), None)
        return found

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
        if self._lanes is None:
            self._lanes = self._members()
        members = self._lanes.get(identity(neighbour))
        if members is not None:
            added = etree.Element(bpmn("flowNodeRef"))
            added.text = identity(node)
            members[-1].addnext(added)
            members.append(added)
            self._lanes[identity(node)] = members

    def _members(self) -> dict[str, list[Node]]:
        """By the id of each element in a lane: the references of that lane, the outermost of several."""
        found: dict[str, list[Node]] = {}
        for lane in lanes(self.process):
            references = list(children(lane, "flowNodeRef"))
            for reference in references:
                found.setdefault(text_of(reference), references)
        return found

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


def flows_by(scope: Node, end: str) -> Mapping[str, list[Node]]:
    """The flows of a process or sub-process by the element at their `sourceRef` or `targetRef`, in file order."""
    found: dict[str, list[Node]] = {}
    for flow in flows(scope):
        found.setdefault(flow.get(end, ""), []).append(flow)
    return found


def is_expanded(node: Node) -> bool:
    """Whether a pattern added this element."""
    return "expanded" in properties(node)
