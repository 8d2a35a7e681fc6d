"""Link events: a pair becomes one sequence flow."""

from __future__ import annotations

from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import Node, event_definitions, event_kind, flow_nodes, local, scopes


def link_name(node: Node) -> str:
    """The name by which link events find each other: the definition's, else the event's."""
    definitions = event_definitions(node)
    own = definitions[0].get("name", "") if definitions else ""
    return own or node.get("name", "")


def join_links(canvas: Canvas) -> None:
    """Turns every throwing link into a plain event whose flow leads to its catching partner, itself made plain."""
    for scope in scopes(canvas.process):
        links = [node for node in flow_nodes(scope) if event_kind(node) == "link"]
        catching = {link_name(node): node for node in links if local(node) == "intermediateCatchEvent"}
        for node in links:
            partner = catching.get(link_name(node))
            if local(node) == "intermediateThrowEvent" and partner is not None:
                canvas.connect(node, partner)
        for node in links:
            _make_plain(node)


def _make_plain(node: Node) -> None:
    """A plain intermediate event passes its token on; both ends of a link stay visible as such."""
    for definition in event_definitions(node):
        node.remove(definition)
    node.tag = node.tag.replace("intermediateCatchEvent", "intermediateThrowEvent")
