"""Whether a diagram shows every step and flow; a new one where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.extensions import properties
from engine.bpmn.processes import executable
from engine.bpmn.vocabulary import BPMNDI, SCOPES, Node, children, flow_nodes, flows, identity, local, within


def is_drawn(root: Node) -> bool:
    """Whether every step and flow of what runs in a file has its place in a diagram.

    Not looked for are the steps inside a sub-process that is drawn closed, and what a deployment added: it has the
    property `expanded`, or is a sub-process around a step that is drawn.
    """
    places = {part.get("bpmnElement", "").rpartition(":")[2]: part for part in _places(root)}
    processes = executable(root) or list(children(root, "process"))
    return all(identity(node) in places for process in processes for node in _to_see(process, places))


def _places(root: Node) -> Iterator[Node]:
    yield from root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")


def _to_see(scope: Node, places: dict[str, Node]) -> Iterator[Node]:
    yield from flows(scope)
    for node in flow_nodes(scope):
        place = places.get(identity(node))
        if place is not None and place.get("isExpanded") == "true" and local(node) in SCOPES:
            yield from _to_see(node, places)
        elif "expanded" not in properties(node) and not any(identity(inner) in places for inner in flow_nodes(node)):
            yield node


def name_flows(root: Node) -> None:
    """Gives flows without an id one made of their ends, as the model does: a diagram refers to them by it."""
    taken = {identity(node) for node in root.iter("*")}
    for flow in within(root, "sequenceFlow"):
        if not identity(flow):
            wanted = name = f"flow_{flow.get('sourceRef', '')}_{flow.get('targetRef', '')}"
            number = 2
            while name in taken:
                name, number = f"{wanted}_{number}", number + 1
            taken.add(name)
            flow.set("id", name)
