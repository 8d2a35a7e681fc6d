"""An event sub-process begins with events that can happen, and with nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, event_definitions, flows, identity, kind_of, local
from engine.errors import Finding

RULE = "event-sub-process"
RUN = ("message", "timer", "signal", "conditional", "error", "escalation", "compensate")
_ALONE = ("compensate",)


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("subProcess"):
        if node.get("triggeredByEvent") == "true":
            yield from _starts(sheet, node)
            yield from _untouched(sheet, node)
            yield from _alone(sheet, node)
    for node in sheet.nodes("transaction", "adHocSubProcess"):
        if node.get("triggeredByEvent") == "true":
            yield sheet.error(
                RULE,
                node,
                "Expected only a plain sub-process to be started by an event, but %(id)s is of the kind %(kind)s.",
                "Draw an event sub-process, and this inside it.",
                id=identity(node),
                kind=local(node),
            )


def _starts(sheet: Sheet, node: Node) -> Iterator[Finding]:
    starts = list(children(node, "startEvent"))
    kinds = [[kind_of(one) for one in event_definitions(start)] for start in starts]
    found = [kind for one in kinds for kind in one or ["a plain one"]]
    if any(kind not in RUN for kind in found or [""]) or (len(found) > 1 and set(found) & set(_ALONE)):
        yield sheet.error(
            RULE,
            node,
            "Expected the event sub-process to begin with start events about %(run)s, but it has %(found)s.",
            "Draw such a start event inside it; one about compensation stands alone.",
            run=", ".join(RUN),
            found=", ".join(found) or "none",
        )
    beside = {start.get("isInterrupting", "true") in ("false", "0") for start in starts}
    if len(beside) > 1 or (beside == {True} and "error" in found):
        yield sheet.error(
            RULE,
            node,
            "Expected all start events of %(id)s to interrupt, or none, and those about errors always.",
            "Draw one event sub-process that interrupts and one that does not.",
            id=identity(node),
        )


def _untouched(sheet: Sheet, node: Node) -> Iterator[Finding]:
    ends = (end for flow in _around(node) for end in (flow.get("sourceRef"), flow.get("targetRef")))
    if identity(node) in ends:
        yield sheet.error(
            RULE,
            node,
            "Expected no flows to or from the event sub-process, but it has some.",
            "Remove the flows; the event alone starts it.",
        )


def _alone(sheet: Sheet, node: Node) -> Iterator[Finding]:
    scope = node.getparent()
    events = [] if scope is None else list(children(scope, "boundaryEvent"))
    guards = [one for one in events if one.get("attachedToRef") == identity(node)]
    for extra in (*guards, *children(node, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics")):
        yield sheet.error(
            RULE,
            extra,
            "Expected the event sub-process %(id)s to be started by its event alone, but it has a %(kind)s.",
            "Put a sub-process inside it, and this on that.",
            id=identity(node),
            kind=local(extra),
        )


def _around(node: Node) -> Iterator[Node]:
    scope = node.getparent()
    return iter(()) if scope is None else flows(scope)
