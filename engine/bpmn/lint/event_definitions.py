"""Every event says what it is about, in ways that can happen together."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import CATCHING, EVENTS, Node, kind_of, local, shared_definition, within
from engine.bpmn.vocabulary import event_definitions as definitions_of
from engine.errors import Finding, Sentence

RULE = "event-definitions"
# Cancelling, compensation and links have rules of their own; starts too.
RUN: dict[str, set[str]] = {
    "boundaryEvent": {"timer", "message", "signal", "conditional", "error", "escalation"},
    "intermediateCatchEvent": {"timer", "message", "signal", "conditional"},
    "intermediateThrowEvent": {"message", "signal", "escalation"},
    "endEvent": {"message", "signal", "error", "escalation", "terminate"},
}
AWAITED = RUN["intermediateCatchEvent"]
_ELSEWHERE = {"cancel", "compensate", "link"}
_PLAIN = ("intermediateThrowEvent", "endEvent", "startEvent")
_ENDING = {"error", "terminate", "cancel"}


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        yield from _shared(sheet, node)
        kinds = [kind_of(one) for one in definitions_of(node)]
        yield from _allowed(sheet, node, kinds)
        if len(kinds) > 1:
            yield from _together(sheet, node, kinds)
        if local(node) == "boundaryEvent" and "error" in kinds and node.get("cancelActivity") in ("false", "0"):
            yield sheet.error(
                RULE,
                node,
                "Expected the error event %(id)s to interrupt, because an error ends the activity, but it does not.",
                "Make it interrupting, or draw an escalation in place of the error.",
                id=node.get("id"),
            )


def _allowed(sheet: Sheet, node: Node, kinds: list[str]) -> Iterator[Finding]:
    place = local(node)
    allowed = RUN.get(place)
    if allowed is None or (not kinds and place in _PLAIN):
        return
    for kind in kinds or ["nothing"]:
        if kind not in allowed | _ELSEWHERE:
            yield sheet.error(
                RULE,
                node,
                "Expected the %(place)s to be about one of %(allowed)s, but it is about %(kind)s.",
                "Choose another event type, or remove the event.",
                place=place,
                allowed=", ".join(sorted(allowed)),
                kind=kind if kinds else Sentence("nothing"),
            )


def _together(sheet: Sheet, node: Node, kinds: list[str]) -> Iterator[Finding]:
    """What cannot stand beside others in one event."""
    apart = (_ELSEWHERE if local(node) in CATCHING else _ELSEWHERE - {"compensate"}) & set(kinds)
    if node.get("parallelMultiple") in ("true", "1"):
        apart |= set(kinds) - AWAITED
    ending = [kind for kind in kinds if kind in _ENDING]
    if apart or len(ending) > 1:
        yield sheet.error(
            RULE,
            node,
            "Expected the several things that %(id)s is about to happen together, but %(kind)s has to stand alone.",
            "Draw an event of its own for it.",
            id=node.get("id"),
            kind=", ".join(sorted(apart or ending)),
        )


def _shared(sheet: Sheet, node: Node) -> Iterator[Finding]:
    for reference in within(node, "eventDefinitionRef"):
        if shared_definition(reference) is None:
            yield sheet.error(
                RULE,
                reference,
                "Expected the event to refer to an event definition of the file, but %(name)s is none.",
                "Choose the event's type again in the editor.",
                name=(reference.text or "").strip() or "(empty)",
            )
