"""A script task holds one FEEL context; programs do not live in drawings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import unwrap
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import camunda, first, identity, text_of
from engine.errors import Finding

RULE = "scripts"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("scriptTask"):
        language = node.get("scriptFormat", "")
        script = unwrap(text_of(first(node, "script")))
        if sheet.is_refused(identity(node)):
            continue
        if language.lower() not in ("", "feel"):
            yield sheet.error(
                RULE,
                node,
                "Expected a FEEL context in the script task, but its language is %(language)s.",
                "Write it as FEEL, for example {total: price * count}, or make it a service task with a handler.",
                language=language,
            )
        elif script and not script.startswith("{") and not node.get(camunda("resultVariable")):
            yield sheet.error(
                RULE,
                node,
                "Expected the script to name the variables it sets, but it is not a FEEL context.",
                "Write it in braces, for example {total: price * count}.",
            )
