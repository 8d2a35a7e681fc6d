"""Extensions that must be understood are refused: by that mark the drawing means something else without them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import children
from engine.errors import Finding

RULE = "must-understand"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in children(sheet.drawing.root, "extension"):
        if node.get("mustUnderstand", "").strip() in ("true", "1"):
            yield sheet.error(
                RULE,
                node,
                "Expected no extension that must be understood, but %(name)s is one.",
                "Remove it and what it adds, or set mustUnderstand to false when the drawing runs as drawn without it.",
                name=node.get("definition", "(unnamed)"),
            )
