"""Every step can be reached from a start, and leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.normalising.links import link_name
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    Node,
    event_kind,
    flow_nodes,
    flows,
    identity,
    local,
    scopes,
)
from engine.errors import Finding

RULE = "connected"
_MAY_END = ACTIVITIES | {"endEvent"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        yield from _scope(sheet, scope)


def _scope(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    nodes = {identity(node): node for node in flow_nodes(scope)}
    following = successors(scope)
    reached = _reached(list(_entries(scope, nodes)), following)
    for ident, node in nodes.items():
        if ident not in reached and event_kind(node) != "compensate":
            yield sheet.error(
                RULE,
                node,
                "Expected every step to be reachable from a start event, but nothing leads to %(id)s.",
                "Connect it, or remove it.",
                id=ident,
            )
        if not following.get(ident) and not _may_end(node):
            yield sheet.error(
                RULE,
                node,
                "Expected the %(kind)s to lead somewhere, but it has no outgoing flow.",
                "Draw a flow from it to the next step or to an end event.",
                kind=local(node),
            )


def _may_end(node: Node) -> bool:
    return local(node) in _MAY_END or event_kind(node) in ("link", "compensate")


def _entries(scope: Node, nodes: dict[str, Node]) -> Iterator[str]:
    entered = {flow.get("targetRef") for flow in flows(scope)}
    implicit = local(scope) != "process" and not any(local(node) == "startEvent" for node in nodes.values())
    for ident, node in nodes.items():
        if local(node) == "startEvent" or node.get("triggeredByEvent") == "true":
            yield ident
        elif implicit and ident not in entered and local(node) != "boundaryEvent":
            yield ident
        elif local(scope) == "adHocSubProcess":
            yield ident


def successors(scope: Node) -> dict[str, set[str]]:
    """Which elements may follow which in one process or sub-process: flows, boundary events, link pairs."""
    found: dict[str, set[str]] = {}
    for flow in flows(scope):
        found.setdefault(flow.get("sourceRef", ""), set()).add(flow.get("targetRef", ""))
    nodes = list(flow_nodes(scope))
    for node in nodes:
        if local(node) == "boundaryEvent":
            found.setdefault(node.get("attachedToRef", ""), set()).add(identity(node))
        if local(node) == "intermediateThrowEvent" and event_kind(node) == "link":
            targets = {identity(other) for other in nodes if _catches_link(other, link_name(node))}
            found.setdefault(identity(node), set()).update(targets)
    return found


def _catches_link(node: Node, name: str) -> bool:
    return local(node) == "intermediateCatchEvent" and event_kind(node) == "link" and link_name(node) == name


def _reached(entries: list[str], following: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    while entries:
        ident = entries.pop()
        if ident not in reached:
            reached.add(ident)
            entries.extend(following.get(ident, ()))
    return reached
