"""What begins a process: which message, signal or time starts it at which element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.extensions import properties
from engine.bpmn.read import Drawing
from engine.bpmn.vocabulary import Node, children, event_definitions, flow_nodes, flows, identity, kind_of, local


@dataclass(frozen=True)
class Beginning:
    """One way to begin: what brings it about (`kind` message, signal, timer, ...; `name` of it) at which element.

    `part` is its place among the event's definitions, `business_key` the record that the start event names.
    """

    kind: str
    name: str
    element: str
    part: int = 0
    business_key: str | None = None


def beginnings(drawing: Drawing) -> tuple[Beginning, ...]:
    """What begins the process of a drawing besides a plain start, in the order of the file."""
    process = drawing.process
    nodes = {identity(node): node for node in flow_nodes(process)}
    found: list[Beginning] = []
    for node in nodes.values():
        if local(node) == "startEvent":
            found += _of_event(node, drawing.root)
        elif node.get("instantiate") in ("true", "1"):
            found += _of_instantiating(node, nodes, process, drawing.root)
    return tuple(found)


def _of_instantiating(node: Node, nodes: dict[str, Node], process: Node, root: Node) -> Iterator[Beginning]:
    """A receive task by itself, an event-based gateway by what follows it."""
    if local(node) == "receiveTask":
        yield Beginning("message", _name(node, "message", root), identity(node))
    elif local(node) == "eventBasedGateway":
        behind = [flow.get("targetRef", "") for flow in flows(process) if flow.get("sourceRef") == identity(node)]
        for target in (nodes[ident] for ident in behind if ident in nodes):
            if local(target) == "receiveTask":
                yield Beginning("message", _name(target, "message", root), identity(target))
            else:
                yield from _of_event(target, root)


def _of_event(node: Node, root: Node) -> Iterator[Beginning]:
    key = properties(node).get("business_key")
    for part, definition in enumerate(event_definitions(node)):
        kind = kind_of(definition)
        yield Beginning(kind, _name(definition, kind, root), identity(node), part, key)


def _name(holder: Node, kind: str, root: Node) -> str:
    reference = holder.get(f"{kind}Ref", "").rpartition(":")[2]
    return next((one.get("name", "") for one in children(root, kind) if reference and identity(one) == reference), "")
