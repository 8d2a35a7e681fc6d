"""Off-page references stand on end events and name a process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet, nearest
from engine.errors import Finding

RULE = "handovers"


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        target = element.handover
        if target is None:
            continue
        node = sheet.by_id.get(element.id)
        if element.kind != "endEvent" or element.event is not None:
            yield sheet.error(
                RULE,
                node,
                "Expected handover on a plain end event, but %(id)s is of the kind %(kind)s.",
                "Put the property on the end event that leads to the other process.",
                id=element.id,
                kind=element.kind,
            )
        elif target.replace("-", "_") not in sheet.known.processes | {sheet.model.process_id}:
            meant = nearest(target, (name.replace("_", "-") for name in sheet.known.processes))
            yield sheet.warning(
                RULE,
                node,
                "Expected a deployed process to hand over to, but %(target)s is not one; the work will wait for it.",
                "Did you mean %(meant)s?" if meant else "Deploy that process.",
                target=target,
                meant=meant,
            )
