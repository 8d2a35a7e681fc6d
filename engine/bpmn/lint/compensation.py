"""Compensation is refused: it would be passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import ACTIVITIES, EVENTS, event_kind
from engine.errors import Finding

RULE = "compensation"


def check(sheet: Sheet) -> Iterator[Finding]:
    marked = [node for node in sheet.nodes(*ACTIVITIES) if node.get("isForCompensation") == "true"]
    for node in [*marked, *(node for node in sheet.nodes(*EVENTS) if event_kind(node) == "compensate")]:
        yield sheet.error(
            RULE,
            node,
            "Expected no compensation, but this element is part of one, which is not run.",
            "Draw the steps that undo the work as ordinary steps behind an error event or a gateway.",
        )
