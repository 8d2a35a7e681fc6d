"""A script task holds one FEEL context; programs do not live in drawings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import unwrap
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import FLOW_NODES, Node, camunda, first, local, text_of
from engine.errors import Finding

RULE = "scripts"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("scriptTask"):
        language = node.get("scriptFormat", "")
        script = unwrap(text_of(first(node, "script")))
        if language.lower() not in ("", "feel") or node.get(camunda("resource")):
            yield sheet.error(
                RULE,
                node,
                "Expected a FEEL context in the script task, but its language is %(language)s.",
                "Write it as FEEL, for example {total: price * count}, or make it a service task with a handler.",
                language=language or node.get(camunda("resource")),
            )
        elif not script.startswith("{") and not node.get(camunda("resultVariable")):
            yield sheet.error(
                RULE,
                node,
                "Expected the script to name the variables it sets, but it is not a FEEL context.",
                "Write it in braces, for example {total: price * count}.",
            )
    for node in sheet.nodes(*FLOW_NODES):
        yield from _inner(sheet, node)


def _inner(sheet: Sheet, node: Node) -> Iterator[Finding]:
    holder = first(node, "extensionElements")
    if holder is None:
        return
    for script in holder.iterdescendants(camunda("script")):
        yield sheet.error(
            RULE,
            script,
            "Expected no program inside a %(kind)s, but it carries a script.",
            "Move it into a handler, or write FEEL in ${...}.",
            kind=local(node),
        )
