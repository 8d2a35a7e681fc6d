"""Every event says what it is about: one thing, one that the engine runs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, Node, event_kind, local, within
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding

RULE = "event-definitions"
# Cancelling, compensation, conditions and links have rules of their own; starts of event sub-processes too.
RUN: dict[str, set[str | None]] = {
    "boundaryEvent": {"timer", "message", "signal", "error", "escalation"},
    "intermediateCatchEvent": {"timer", "message", "signal"},
    "intermediateThrowEvent": {None, "message", "signal", "escalation"},
    "endEvent": {None, "message", "signal", "error", "escalation", "terminate"},
}
_ELSEWHERE = {"cancel", "compensate", "conditional", "link"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        yield from _shared(sheet, node)
        if len(definitions_of(node)) > 1 or node.get("parallelMultiple") == "true":
            yield sheet.error(
                RULE,
                node,
                "Expected the event to wait for one thing, but it names several.",
                "Draw one event for each, behind an event gateway or side by side on the border.",
            )
            continue
        kind = event_kind(node)
        allowed = RUN.get(local(node))
        if allowed is not None and kind not in allowed | _ELSEWHERE:
            yield sheet.error(
                RULE,
                node,
                "Expected a %(place)s about one of %(allowed)s, but it is about %(kind)s.",
                "Choose another event type, or remove the event.",
                place=local(node),
                allowed=", ".join(sorted(name for name in allowed if name)),
                kind=kind or "nothing",
            )


def _shared(sheet: Sheet, node: Node) -> Iterator[Finding]:
    for reference in within(node, "eventDefinitionRef"):
        yield sheet.error(
            RULE,
            reference,
            "Expected the event definition inside the event, but it only refers to one elsewhere.",
            "Choose the event's type again in the editor.",
        )
