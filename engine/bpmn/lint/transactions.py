"""Cancelling a transaction is refused: it would undo nothing. A transaction without it runs as a sub-process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, event_kind
from engine.errors import Finding

RULE = "transactions"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        if event_kind(node) == "cancel":
            yield sheet.error(
                RULE,
                node,
                "Expected no cancel event, but this one cancels a transaction, which is not run.",
                "End the sub-process with an error, and catch that error on its border.",
            )
