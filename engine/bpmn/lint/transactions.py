"""A transaction can only be cancelled from inside, and then goes on at its cancel event."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, event_kind, identity, local, loop_of
from engine.errors import Finding

RULE = "transactions"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("endEvent"):
        if event_kind(node) == "cancel":
            yield from _end(sheet, node)
    for node in sheet.nodes("boundaryEvent"):
        host = sheet.by_id.get(node.get("attachedToRef", ""))
        if event_kind(node) == "cancel" and (host is None or local(host) != "transaction"):
            yield sheet.error(
                RULE,
                node,
                "Expected the cancel event on the border of a transaction, but it sits elsewhere.",
                "Move it to the transaction, or use an error event.",
            )
    for node in sheet.nodes("transaction"):
        if loop_of(node) is not None:
            yield sheet.error(
                RULE,
                node,
                "Expected a transaction to run once, but it is multi-instance.",
                "Put it into a multi-instance sub-process.",
            )


def _end(sheet: Sheet, node: Node) -> Iterator[Finding]:
    scope = node.getparent()
    attached = [
        event
        for event in sheet.nodes("boundaryEvent")
        if scope is not None and event.get("attachedToRef") == identity(scope) and event_kind(event) == "cancel"
    ]
    if scope is None or local(scope) != "transaction" or not attached:
        yield sheet.error(
            RULE,
            node,
            "Expected the cancel end event inside a transaction with a cancel event on its border, but it is not.",
            "Attach a cancel event to the transaction, or end with an error.",
        )
