"""Ad hoc sub-processes are refused: in which order their steps run is nobody's decision here."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.errors import Finding

RULE = "ad-hoc"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("adHocSubProcess"):
        yield sheet.error(
            RULE,
            node,
            "Expected steps in a stated order, but this is an ad hoc sub-process, which is not run.",
            "Draw a sub-process with flows, or parallel branches for steps in any order.",
        )
