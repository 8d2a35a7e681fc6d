"""Expressions are FEEL: one that says it is in another language is not read as FEEL in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import line_of, local, text_of
from engine.errors import Finding

RULE = "expression-language"
# JUEL is translated; XPath is what editors write without being asked, because the standard names it as the default.
_READ = re.compile(r"|.*feel.*|.*juel.*|.*/u?el|.*xpath.*", re.IGNORECASE)
_TIMES = ("timeCycle", "timeDate", "timeDuration")
_FORMULAS = (
    "activationCondition",
    "completionCondition",
    "condition",
    "conditionExpression",
    "formalExpression",
    "from",
    "loopCardinality",
    "loopCondition",
    "to",
    "transformation",
)


def check(sheet: Sheet) -> Iterator[Finding]:
    refused = {finding.line for finding in sheet.drawing.told if finding.severity == "error"}
    whole = sheet.drawing.root.get("expressionLanguage", "").strip()
    for node in sheet.nodes(*_FORMULAS, *_TIMES):
        # A literal time is the same whatever the language of the file.
        language = node.get("language", "").strip() or ("" if local(node) in _TIMES else whole)
        if text_of(node) and not _READ.fullmatch(language) and line_of(node) not in refused:
            yield sheet.error(
                RULE,
                node,
                "Expected an expression in FEEL, but its language is %(language)s.",
                "Write it in FEEL, and name no other language, neither here nor at the top of the file.",
                language=language,
            )
