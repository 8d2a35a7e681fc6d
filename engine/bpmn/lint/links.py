"""A link event has its partner: throwing links lead to exactly one catching link of the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.normalising.links import link_name
from engine.bpmn.vocabulary import (
    Node,
    event_definitions,
    event_kind,
    flow_nodes,
    flows,
    identity,
    kind_of,
    local,
    scopes,
)
from engine.errors import Finding

RULE = "links"


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _misplaced(sheet)
    for scope in scopes(sheet.process):
        links = [node for node in flow_nodes(scope) if event_kind(node) == "link"]
        throwing = [node for node in links if local(node) == "intermediateThrowEvent"]
        catching = [node for node in links if local(node) == "intermediateCatchEvent"]
        partners = Counter(map(link_name, catching))
        wanted = set(map(link_name, throwing))
        for node in throwing:
            if partners[link_name(node)] != 1:
                yield _lonely(sheet, node, partners[link_name(node)])
        for node in catching:
            if link_name(node) not in wanted:
                yield _lonely(sheet, node, 0)
        left = {flow.get("sourceRef") for flow in flows(scope)}
        entered = {flow.get("targetRef") for flow in flows(scope)}
        for node in links:
            if identity(node) in (entered if node in catching else left):
                yield _flow_beside(sheet, node)


def _flow_beside(sheet: Sheet, node: Node) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected the link to stand for the flow at %(id)s, but a flow is drawn there too.",
        "Remove the flow: nothing leads on from a throwing link, and nothing to a catching one.",
        id=identity(node),
    )


def _misplaced(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("endEvent", "boundaryEvent"):
        if any(kind_of(definition) == "link" for definition in event_definitions(node)):
            yield sheet.error(
                RULE,
                node,
                "Expected a link to be an intermediate event, but %(id)s is of the kind %(kind)s.",
                "Draw an intermediate event that throws or catches the link.",
                id=identity(node),
                kind=local(node),
            )


def _lonely(sheet: Sheet, node: Node, count: int) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected the link %(name)s to have one partner, but %(id)s has %(count)s.",
        "Give exactly one catching link the same link name, or draw a flow instead.",
        name=link_name(node) or "(no name)",
        id=identity(node),
        count=count,
    )
