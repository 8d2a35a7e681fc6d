"""Conditional events are refused: nothing tells the engine when such a condition becomes true."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, event_kind
from engine.errors import Finding

RULE = "conditional-event"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        if event_kind(node) == "conditional":
            yield sheet.error(
                RULE,
                node,
                "Expected an event that somebody or a clock brings about, but this one waits for a condition.",
                "Let the step that makes the condition true send a message, and wait for that message.",
            )
