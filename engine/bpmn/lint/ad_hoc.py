"""An ad hoc sub-process holds steps that can be chosen, and neither begins nor ends by events (BPMN 2.0, 10.2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import ACTIVITIES, children, identity, local
from engine.errors import Finding

RULE = "ad-hoc"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("adHocSubProcess"):
        if not any(one.get("triggeredByEvent") != "true" for one in children(node, *ACTIVITIES)):
            yield sheet.error(
                RULE,
                node,
                "Expected steps inside the ad hoc sub-process %(id)s, but there are none.",
                "Draw the steps that can be done inside it.",
                id=identity(node),
            )
        for event in children(node, "startEvent", "endEvent"):
            yield sheet.error(
                RULE,
                event,
                "Expected no %(kind)s inside an ad hoc sub-process, but %(id)s is one.",
                "Remove it: the steps that no flow leads to can be done first, and its completion condition ends it.",
                kind=local(event),
                id=identity(event),
            )
