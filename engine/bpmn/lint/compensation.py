"""Compensation finds what it is to undo, and every activity that is there to undo belongs to one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from engine.bpmn.lint.connected import entries, reached, successors
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    CATCHING,
    EVENTS,
    SCOPES,
    Node,
    children,
    event_definitions,
    event_kind,
    flow_nodes,
    flows,
    identity,
    kind_of,
    local,
    scopes,
    undoes,
    within,
)
from engine.errors import Finding

RULE = "compensation"


def check(sheet: Sheet) -> Iterator[Finding]:
    for scope in scopes(sheet.process):
        yield from _scope(sheet, scope)
        yield from _apart(sheet, scope)
    undone = {one.get("attachedToRef", "") for one in sheet.nodes("boundaryEvent") if event_kind(one) == "compensate"}
    for node in sheet.nodes(*EVENTS):
        for definition in event_definitions(node):
            if kind_of(definition) == "compensate":
                yield from _place(sheet, node)
                yield from _activity(sheet, node, definition, undone)


def _scope(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    nodes = {identity(node): node for node in flow_nodes(scope)}
    joined = {end for flow in flows(scope) for end in (flow.get("sourceRef"), flow.get("targetRef"))}
    events = [node for node in nodes.values() if local(node) == "boundaryEvent" and event_kind(node) == "compensate"]
    called = {identity(event): _undoers(sheet, event, nodes) for event in events}
    leading = Counter(identity(undoer) for undoers in called.values() for undoer in undoers)
    guarded: set[str] = set()
    for event in events:
        yield from _event(sheet, event, called[identity(event)], joined)
        host = nodes.get(event.get("attachedToRef", ""))
        if host is not None:
            yield from _only_way(sheet, event, host, identity(host) in guarded)
            guarded.add(identity(host))
    for node in nodes.values():
        if local(node) in ACTIVITIES and undoes(node) and node is not _begun_by(scope, "compensate"):
            yield from _undoer(sheet, node, leading[identity(node)], joined)
        elif local(node) == "boundaryEvent" and event_kind(node) == "error":
            yield from _left_by_error(sheet, node, nodes.get(node.get("attachedToRef", "")))


def _only_way(sheet: Sheet, event: Node, host: Node, guarded: bool) -> Iterator[Finding]:
    if guarded or undoes(host) or _begun_by(host, "compensate") is not None:
        yield sheet.error(
            RULE,
            event,
            "Expected one way to undo %(id)s, but there is another besides this event.",
            "Keep one: the event on its border, or the event sub-process inside; what undoes is not undone itself.",
            id=identity(host),
        )


def _apart(sheet: Sheet, scope: Node) -> Iterator[Finding]:
    """What undoes waits for nobody in the flow, and nobody there can wait for what follows from it."""
    undoers = {identity(node) for node in children(scope, *ACTIVITIES) if undoes(node)}
    events = [identity(one) for one in children(scope, "boundaryEvent") if one.get("attachedToRef") in undoers]
    if not events:
        return
    following = successors(scope)
    flow = reached([one for one in entries(scope) if one not in undoers], following)
    both = flow & reached(events, following)
    for node in flow_nodes(scope):
        if identity(node) in both:
            yield sheet.error(
                RULE,
                node,
                "Expected what follows from an activity that undoes to stay apart, but %(id)s is in the flow as well.",
                "Lead the events on its border to steps and an end of their own.",
                id=identity(node),
            )


def _undoers(sheet: Sheet, event: Node, nodes: dict[str, Node]) -> list[Node]:
    """The activities that associations join with a compensation event."""
    found = (nodes.get(ident) for ident in sheet.associated.get(identity(event), ()))
    return [node for node in found if node is not None and local(node) in ACTIVITIES]


def _event(sheet: Sheet, event: Node, undoers: list[Node], joined: set[str | None]) -> Iterator[Finding]:
    if (len(undoers) != 1 or not undoes(undoers[0])) and not sheet.lost_undoing:
        yield sheet.error(
            RULE,
            event,
            "Expected an association from the compensation event to one activity marked for compensation beside it, "
            "but it leads to %(found)s.",
            "Draw the association to the activity that undoes the work, and mark that as being for compensation.",
            found=", ".join(identity(node) for node in undoers) or "none",
        )
    if identity(event) in joined:
        yield _no_flows(sheet, event)


def _undoer(sheet: Sheet, node: Node, events: int, joined: set[str | None]) -> Iterator[Finding]:
    if events != 1 and not sheet.lost_undoing:
        yield sheet.error(
            RULE,
            node,
            "Expected one compensation event to lead to what is there for compensation, but to %(id)s lead %(count)s.",
            "Draw an association from the compensation event on the border of the activity that it undoes.",
            id=identity(node),
            count=events,
        )
    if identity(node) in joined:
        yield _no_flows(sheet, node)


def _no_flows(sheet: Sheet, node: Node) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected no flows to or from what compensates, but %(id)s has some.",
        "Remove the flows; an association alone joins the compensation event and the activity that undoes.",
        id=identity(node),
    )


def _left_by_error(sheet: Sheet, event: Node, host: Node | None) -> Iterator[Finding]:
    """An error that leaves a sub-process undoes nothing by itself, though the standard lets it undo all (10.6.3)."""
    if host is None or local(host) not in SCOPES - {"transaction"} or _begun_by(host, "error") is not None:
        return
    if any(event_kind(one) == "compensate" for one in within(host, *CATCHING)):
        yield sheet.warning(
            RULE,
            event,
            "Expected %(name)s to say what an error undoes that leaves it, but it does not, so nothing is undone.",
            "Throw compensation in an event sub-process for the error inside it, if its work is to be undone.",
            name=identity(host),
        )


def _begun_by(scope: Node, kind: str) -> Node | None:
    """The event sub-process of a scope that this kind of event begins."""
    subs = (sub for sub in children(scope, "subProcess") if sub.get("triggeredByEvent") == "true")
    return next((sub for sub in subs if kind in map(event_kind, children(sub, "startEvent"))), None)


def _place(sheet: Sheet, node: Node) -> Iterator[Finding]:
    if local(node) == "intermediateCatchEvent":
        yield sheet.error(
            RULE,
            node,
            "Expected compensation to be caught on a border or by an event sub-process, but %(id)s stands in the flow.",
            "Put the compensation event on the border of the activity that is to be undone.",
            id=identity(node),
        )
    sub = node.getparent()
    around = None if sub is None else sub.getparent()
    if local(node) == "startEvent" and around is not None and _begun_by(around, "compensate") not in (None, sub):
        yield sheet.error(
            RULE,
            node,
            "Expected one compensation event sub-process in a scope, but %(id)s begins another one.",
            "Keep one of them.",
            id=identity(node),
        )


def _activity(sheet: Sheet, node: Node, definition: Node, undone: Set[str]) -> Iterator[Finding]:
    named = definition.get("activityRef", "").rpartition(":")[2]
    if not named or local(node) in ("boundaryEvent", "startEvent"):
        return
    seen = list(_seen_from(node))
    subject = sheet.by_id.get(named)
    if subject is None or not (subject in seen or (_completes(subject) and subject.getparent() in seen)):
        yield sheet.error(
            RULE,
            node,
            "Expected an activity of its own scope to be compensated by %(id)s, but %(name)s is none there.",
            "Choose an activity beside the event, or none to compensate all; one in a sub-process by that sub-process.",
            id=identity(node),
            name=named,
        )
        return
    if subject not in seen and not (named in undone or _undoable(subject)):
        yield sheet.warning(
            RULE,
            node,
            "Expected %(name)s to say how it is undone, but nothing does, so that %(id)s does nothing.",
            "Put a compensation event on its border, with an association to what undoes it.",
            id=identity(node),
            name=named,
        )


def _completes(node: Node) -> bool:
    """Whether something is an activity that can be completed, and then undone: an event sub-process belongs to one."""
    return local(node) in ACTIVITIES and node.get("triggeredByEvent") != "true"


def _seen_from(node: Node) -> Iterator[Node]:
    """The scopes whose activities an event compensates: its own and, from an event sub-process, what is around it."""
    scope = node.getparent()
    while scope is not None:
        yield scope
        if scope.get("triggeredByEvent") != "true":
            return
        scope = scope.getparent()


def _undoable(node: Node) -> bool:
    """Whether something inside undoes an activity, or is in it and undone; what is called is looked up when run."""
    inside = any(event_kind(one) == "compensate" for one in within(node, *CATCHING))
    return inside or local(node) == "callActivity"
