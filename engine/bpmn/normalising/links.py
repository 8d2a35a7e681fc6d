"""Link events: a pair becomes one sequence flow."""

from __future__ import annotations

from engine.bpmn.vocabulary import Node, event_definitions


def link_name(node: Node) -> str:
    """The name by which link events find each other: the definition's, else the event's."""
    definitions = event_definitions(node)
    own = definitions[0].get("name", "") if definitions else ""
    return own or node.get("name", "")
