"""A conditional event has a condition over the variables of a running process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import EVENTS, Node, event_definitions, first, identity, kind_of, local, text_of
from engine.errors import Finding

RULE = "conditional-event"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*EVENTS):
        for definition in event_definitions(node):
            if kind_of(definition) == "conditional":
                yield from _conditional(sheet, node, definition)


def _conditional(sheet: Sheet, node: Node, definition: Node) -> Iterator[Finding]:
    if not text_of(first(definition, "condition")):
        yield sheet.error(
            RULE,
            node,
            "Expected the conditional event %(id)s to have a condition, but it is empty.",
            "Write what has to be true, as FEEL.",
            id=identity(node),
        )
    if local(node) == "startEvent" and node.getparent() is sheet.process:
        yield sheet.error(
            RULE,
            node,
            "Expected the process to be started by somebody or something, but %(id)s waits for a condition, and before "
            "it runs there are no variables to look at.",
            "Start the process plainly, or by the message of whoever makes the condition true.",
            id=identity(node),
        )
