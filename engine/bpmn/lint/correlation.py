"""Correlation keys can be told: their properties exist, their expressions are FEEL, and one key decides."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.correlation import key_rules
from engine.bpmn.expressions import unwrap
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, identity, local, text_of, within
from engine.errors import Finding, Sentence
from engine.feel import FeelSyntaxError, compile_expression

RULE = "correlation"


def check(sheet: Sheet) -> Iterator[Finding]:
    root = sheet.drawing.root
    kinds = ("correlationProperty", "correlationKey", "message")
    declared = {local(node) + identity(node) for node in within(root, *kinds)}
    for reference in within(root, "correlationPropertyRef"):
        yield from _known(sheet, reference, text_of(reference), "correlationProperty", declared)
    for retrieval in within(root, "correlationPropertyRetrievalExpression"):
        yield from _known(sheet, retrieval, retrieval.get("messageRef", ""), "message", declared)
    for subscription in children(sheet.process, "correlationSubscription"):
        yield from _known(sheet, subscription, subscription.get("correlationKeyRef", ""), "correlationKey", declared)
    for expression in within(root, "messagePath", "dataPath"):
        yield from _readable(sheet, expression)
    for message, rules in key_rules(root, sheet.process).items():
        if len(rules) > 1:
            yield sheet.error(
                RULE,
                sheet.by_id.get(message),
                "Expected one correlation key to decide about a message, but %(keys)s all read it.",
                "Keep one of them; a key may have several properties.",
                keys=", ".join(rule.name for rule in rules),
            )


def _known(sheet: Sheet, node: Node, reference: str, kind: str, declared: set[str]) -> Iterator[Finding]:
    name = reference.rpartition(":")[2]
    if kind + name not in declared:
        yield sheet.error(
            RULE,
            node,
            "Expected the %(kind)s to be declared in the file, but %(name)s is not.",
            "Choose it again in the editor, or declare it.",
            kind=kind,
            name=name or "(empty)",
        )


def _readable(sheet: Sheet, node: Node) -> Iterator[Finding]:
    text = unwrap(text_of(node))
    try:
        compile_expression(text)
    except FeelSyntaxError as error:
        yield sheet.error(
            RULE,
            node,
            "Expected FEEL in the %(kind)s, but %(text)s cannot be read: %(detail)s.",
            "Name the value, for example order.number.",
            kind=local(node),
            text=text or "(empty)",
            detail=Sentence.of(error.placed),
        )
