"""An activity begins with one token and ends with one: other quantities are not run."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import ACTIVITIES, identity
from engine.errors import Finding

RULE = "token-quantities"
_QUANTITIES = ("startQuantity", "completionQuantity")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*ACTIVITIES):
        for name in _QUANTITIES:
            if _quantity(node.get(name, "1")) != "1":
                yield sheet.error(
                    RULE,
                    node,
                    "Expected one token in and one out, but %(id)s has %(name)s %(value)s, which is not run.",
                    "Draw a parallel join before the step to wait for several, a multi-instance step to do several.",
                    id=identity(node),
                    name=name,
                    value=node.get(name),
                )


def _quantity(text: str) -> str:
    """A whole number as XML Schema allows to write it, in its shortest form."""
    return text.strip().removeprefix("+").lstrip("0") or "0"
