"""Repeated activities say over what, how often at most, and which events their runs throw."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import (
    ACTIVITIES,
    EVENT_DEFINITION,
    Node,
    camunda,
    children,
    event_definitions,
    first,
    identity,
    local,
    loop_of,
    text_of,
)
from engine.errors import Finding

RULE = "loops"
_MAXIMUM = re.compile(r"0*[1-9][0-9]{0,8}")
_REFERENCES = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}
_THROWN = ("signalEventDefinition", "messageEventDefinition", "escalationEventDefinition")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*ACTIVITIES):
        loop = loop_of(node)
        if loop is not None:
            yield from _multi_instance(sheet, node, loop)
            yield from _behavior(sheet, node, loop)
        standard = first(node, "standardLoopCharacteristics")
        if standard is not None:
            yield from _standard(sheet, node, standard)


def _multi_instance(sheet: Sheet, node: Node, loop: Node) -> Iterator[Finding]:
    sources = [
        loop.get(camunda("collection"), ""),
        text_of(first(loop, "loopCardinality")),
        text_of(first(loop, "loopDataInputRef")),
    ]
    if len([source for source in sources if source]) != 1:
        yield sheet.error(
            RULE,
            node,
            "Expected the multi-instance activity to repeat over one collection or a number, but it names %(count)s.",
            "Set camunda:collection, or a loop cardinality, not both.",
            count=len([source for source in sources if source]),
        )


def _behavior(sheet: Sheet, node: Node, loop: Node) -> Iterator[Finding]:
    behavior = loop.get("behavior", "All")
    reference = loop.get(_REFERENCES[behavior], "").rpartition(":")[2] if behavior in _REFERENCES else ""
    named = sheet.by_id.get(reference)
    if named is not None and local(named).endswith(EVENT_DEFINITION):  # the rule about references tells of others
        yield from _thrown(sheet, node, [named])
    definitions = list(children(loop, "complexBehaviorDefinition"))
    if behavior == "Complex" and not definitions:
        yield sheet.error(
            RULE,
            node,
            "Expected the multi-instance activity to say when its runs throw which event, but it has no complex"
            " behavior definition.",
            "Add a condition with its event, or choose the behavior All.",
        )
    for one in definitions if behavior == "Complex" else ():
        yield from _thrown(
            sheet, node, [event for holder in children(one, "event") for event in event_definitions(holder)]
        )


def _thrown(sheet: Sheet, node: Node, found: list[Node]) -> Iterator[Finding]:
    if [local(one) in _THROWN for one in found] != [True]:
        yield sheet.error(
            RULE,
            node,
            "Expected the runs of %(id)s to throw one signal, message or escalation, but they throw something else.",
            "Refer to the definition of a signal, message or escalation event.",
            id=identity(node),
        )


def _standard(sheet: Sheet, node: Node, loop: Node) -> Iterator[Finding]:
    maximum = loop.get("loopMaximum")
    if not text_of(first(loop, "loopCondition")) and maximum is None:
        yield sheet.error(
            RULE,
            node,
            "Expected the loop to say when it ends, but it has neither condition nor maximum.",
            "Write a loop condition in FEEL, or a loop maximum.",
        )
    if maximum is not None and _MAXIMUM.fullmatch(maximum.strip()) is None:
        yield sheet.error(
            RULE,
            node,
            "Expected the loop to run at most once or several times, but its maximum is %(maximum)s.",
            "Write a whole number of at least 1, or remove the maximum.",
            maximum=maximum,
        )
