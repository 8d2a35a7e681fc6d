"""What a file says in other words, perhaps those of another tool: what was understood as what, and what cannot run."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.errors import Finding

RULE = "notations"


def check(sheet: Sheet) -> Iterator[Finding]:
    """What was told when the file was read."""
    yield from sheet.drawing.told
