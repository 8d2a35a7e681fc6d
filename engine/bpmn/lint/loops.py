"""Repeated activities say over what, and how often at most."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import ACTIVITIES, Node, camunda, first, loop_of, text_of
from engine.errors import Finding

RULE = "loops"
_NOT_RUN = ("complexBehaviorDefinition",)


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*ACTIVITIES):
        loop = loop_of(node)
        if loop is not None:
            yield from _multi_instance(sheet, node, loop)
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
    for name in _NOT_RUN:
        if first(loop, name) is not None:
            yield sheet.error(
                RULE,
                node,
                "Expected no %(name)s in the multi-instance activity, but it has one, which is not run.",
                "Remove it, and say with a completion condition when the rounds are enough.",
                name=name,
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
