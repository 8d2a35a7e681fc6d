"""A transaction is cancelled from inside, and its cancel event says how it goes on."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, Node, children, event_kind, identity, local
from engine.errors import Finding

RULE = "transactions"
_METHOD = "##Compensate"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("transaction"):
        method = node.get("method", _METHOD)
        if method.lower() != _METHOD.lower():
            yield sheet.error(
                RULE,
                node,
                "Expected the transaction %(id)s to be undone by compensation, but its method is %(method)s.",
                "Remove the method, and put compensation events on what has to be undone.",
                id=identity(node),
                method=method,
            )
    for node in sheet.nodes(*EVENTS):
        if event_kind(node) != "cancel":
            continue
        if local(node) == "endEvent":
            yield from _end(sheet, node)
        elif local(node) == "boundaryEvent":
            yield from _border(sheet, node)
        else:
            yield sheet.error(
                RULE,
                node,
                "Expected a cancel event at the end or on the border of a transaction, but %(id)s is: %(kind)s.",
                "Cancel with an end event inside, and go on from the cancel event on the border.",
                id=identity(node),
                kind=local(node),
            )


def _end(sheet: Sheet, node: Node) -> Iterator[Finding]:
    transaction = next((one for one in node.iterancestors() if local(one) == "transaction"), None)
    if transaction is None:
        yield sheet.error(
            RULE,
            node,
            "Expected a transaction around the cancel end event %(id)s, but there is none.",
            "Make the sub-process a transaction, or end it with an error.",
            id=identity(node),
        )
    elif not _cancels(transaction):
        yield sheet.error(
            RULE,
            node,
            "Expected a cancel event on the border of %(name)s, which %(id)s cancels, but there is none.",
            "Put a cancel event on the border of the transaction, and lead on from there.",
            name=identity(transaction),
            id=identity(node),
        )


def _border(sheet: Sheet, node: Node) -> Iterator[Finding]:
    host = sheet.by_id.get(node.get("attachedToRef", ""))
    if host is None or local(host) != "transaction":
        yield sheet.error(
            RULE,
            node,
            "Expected the cancel event %(id)s to sit on a transaction, but it does not.",
            "Make the activity a transaction, or choose another event.",
            id=identity(node),
        )
    elif _cancels(host)[0] is not node:
        yield sheet.error(
            RULE,
            node,
            "Expected one cancel event on a transaction, but %(id)s is another one.",
            "Keep one of them.",
            id=identity(node),
        )
    if node.get("cancelActivity", "true") in ("false", "0"):
        yield sheet.error(
            RULE,
            node,
            "Expected the cancel event to end the transaction, but %(id)s is drawn as not interrupting.",
            "Make it interrupting.",
            id=identity(node),
        )


def _cancels(transaction: Node) -> list[Node]:
    scope = transaction.getparent()
    events = [] if scope is None else list(children(scope, "boundaryEvent"))
    here = [one for one in events if one.get("attachedToRef") == identity(transaction)]
    return [one for one in here if event_kind(one) == "cancel"]
