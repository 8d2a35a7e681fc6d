"""A link event has its partner: throwing links lead to exactly one catching link of the same name."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.normalising.links import link_name
from engine.bpmn.vocabulary import (
    Node,
    children,
    event_definitions,
    event_kind,
    flows,
    identity,
    kind_of,
    local,
    scopes,
)
from engine.errors import Finding

RULE = "links"
THROWING, CATCHING = "intermediateThrowEvent", "intermediateCatchEvent"


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _misplaced(sheet)
    found = [{kind: _named(children(scope, kind)) for kind in (THROWING, CATCHING)} for scope in scopes(sheet.process)]
    catching = _named(sheet.nodes(CATCHING))
    lost = {name for here in found for name in here[THROWING] if name not in here[CATCHING]}
    for scope, here in zip(scopes(sheet.process), found, strict=True):
        for name, nodes in here[THROWING].items():
            partners = len(here[CATCHING].get(name, ()))
            for node in nodes if partners != 1 else ():
                apart = not partners and name in catching
                yield _apart(sheet, node, catching[name][0]) if apart else _lonely(sheet, node, partners)
        for name, nodes in here[CATCHING].items():
            for node in nodes if name not in here[THROWING] and name not in lost else ():
                yield _lonely(sheet, node, 0)
        yield from _flows(sheet, scope, here)


def _named(nodes: Iterator[Node]) -> dict[str, list[Node]]:
    """The links among some events, by the name of the link."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if event_kind(node) == "link":
            found.setdefault(link_name(node), []).append(node)
    return found


def _flows(sheet: Sheet, scope: Node, here: dict[str, dict[str, list[Node]]]) -> Iterator[Finding]:
    for kind, end in ((THROWING, "sourceRef"), (CATCHING, "targetRef")):
        joined = {flow.get(end) for flow in flows(scope)}
        for node in (node for nodes in here[kind].values() for node in nodes):
            if identity(node) in joined:
                yield _flow_beside(sheet, node)


def _apart(sheet: Sheet, node: Node, partner: Node) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected the link %(name)s to stay in one process or sub-process, but %(id)s and %(partner)s stand apart.",
        "Put both ends into the same sub-process, or lead a flow to the sub-process instead.",
        name=link_name(node) or "(no name)",
        id=identity(node),
        partner=identity(partner),
    )


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
