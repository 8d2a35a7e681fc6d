"""Every step can be reached from a start, and leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.bpmn.implicit import heads, reached_otherwise
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.normalising.links import link_name
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    EVENTS,
    GATEWAYS,
    Node,
    children,
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
# A token that comes to a gateway or event without a way on ends there (BPMN 2.0, 10.4.3), which is rarely meant.
_ENDS_RARELY_MEANT = (GATEWAYS | EVENTS) - {"eventBasedGateway"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        yield from _scope(sheet, scope)


def _scope(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    nodes = {identity(node): node for node in flow_nodes(scope)}
    following = successors(scope)
    found = reached(list(entries(scope)), following)
    known = bool(found) and not _is_cut(nodes, following)
    for ident, node in nodes.items():
        if known and ident and ident not in found and event_kind(node) != "compensate":
            yield sheet.error(
                RULE,
                node,
                "Expected every step to be reachable from a start event, but nothing leads to %(id)s.",
                "Connect it, or remove it.",
                id=ident,
            )
        if not following.get(ident) and not _may_end(node):
            found_here = sheet.error(
                RULE,
                node,
                "Expected the %(kind)s to lead somewhere, but it has no outgoing flow.",
                "Draw a flow from it to the next step or to an end event.",
                kind=local(node),
            )
            yield replace(found_here, severity="warning") if local(node) in _ENDS_RARELY_MEANT else found_here


def _is_cut(nodes: Mapping[str, Node], following: Mapping[str, set[str]]) -> bool:
    """Whether a flow, border or link leads nowhere, which other rules tell: what lies behind it cannot be known."""
    links = [node for node in nodes.values() if event_kind(node) == "link"]
    throwing = {link_name(node) for node in links if local(node) == "intermediateThrowEvent"}
    catching = {link_name(node) for node in links if local(node) == "intermediateCatchEvent"}
    return throwing != catching or not nodes.keys() >= following.keys() | set().union(*following.values())


def _may_end(node: Node) -> bool:
    return local(node) in _MAY_END or event_kind(node) in ("link", "compensate")


def entries(scope: Node) -> Iterator[str]:
    """The elements of a process or sub-process where tokens appear by themselves."""
    yield from (identity(node) for node in heads(scope))
    for node in flow_nodes(scope):
        beside = reached_otherwise(node) and local(node) in ACTIVITIES | GATEWAYS
        if local(node) == "startEvent" or beside:
            yield identity(node)


def successors(scope: Node) -> dict[str, set[str]]:
    """Which elements may follow which in one process or sub-process: flows, boundary events, link pairs."""
    found: dict[str, set[str]] = {}
    for flow in flows(scope):
        found.setdefault(flow.get("sourceRef", ""), set()).add(flow.get("targetRef", ""))
    catching: dict[str, set[str]] = {}
    for node in children(scope, "intermediateCatchEvent"):
        if event_kind(node) == "link":
            catching.setdefault(link_name(node), set()).add(identity(node))
    for node in children(scope, "boundaryEvent"):
        found.setdefault(node.get("attachedToRef", ""), set()).add(identity(node))
    for node in children(scope, "intermediateThrowEvent"):
        if event_kind(node) == "link":
            found.setdefault(identity(node), set()).update(catching.get(link_name(node), ()))
    return found


def reached(entries: list[str], following: Mapping[str, set[str]]) -> set[str]:
    """All elements that a token can come to from these."""
    waiting, found = list(entries), set[str]()
    while waiting:
        ident = waiting.pop()
        if ident not in found:
            found.add(ident)
            waiting.extend(following.get(ident, ()))
    return found
