"""What BPMN lets a drawing leave out: where it begins without a start event."""

from __future__ import annotations

from engine.bpmn.vocabulary import Node, event_kind, flow_nodes, flows, identity, local

# What is reached in another way than by a flow: from its activity, by its own start, to undo something.
_REACHED_OTHERWISE = ("triggeredByEvent", "isForCompensation", "instantiate")


def heads(scope: Node) -> list[Node]:
    """The elements that a process or sub-process without start events begins with: no flow leads to them (10.4.2)."""
    nodes = list(flow_nodes(scope))
    if any(local(node) == "startEvent" for node in nodes):
        return []
    entered = {flow.get("targetRef") for flow in flows(scope)}
    return [node for node in nodes if identity(node) not in entered and not reached_otherwise(node)]


def reached_otherwise(node: Node) -> bool:
    """Whether a token comes here in another way than by a flow."""
    catches_link = local(node) == "intermediateCatchEvent" and event_kind(node) == "link"
    marked = any(node.get(name) in ("true", "1") for name in _REACHED_OTHERWISE)
    return local(node) == "boundaryEvent" or catches_link or marked
