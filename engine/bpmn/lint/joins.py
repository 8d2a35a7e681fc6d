"""A joining gateway does not wait for a flow that only its own output can fill."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element, Model
from engine.errors import Finding

RULE = "joins"
_JOINING = ("parallelGateway", "inclusiveGateway")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        if element.kind in _JOINING and len(element.incoming) > 1 and feeds_itself(sheet.model, element):
            yield sheet.error(
                RULE,
                sheet.by_id.get(element.id),
                "Expected the join %(id)s to wait for flows that come before it, but its own output leads back.",
                "Lead the loop back to the splitting gateway, or merge it with an exclusive gateway first.",
                id=element.id,
            )


def feeds_itself(model: Model, join: Element) -> bool:
    """Whether a single token can travel from the join's output back into it, passing no split."""
    waiting, seen = list(model.targets(join.id)), set[str]()
    if len(waiting) > 1:
        return False
    while waiting:
        ident = waiting.pop()
        if ident == join.id:
            return True
        if ident in seen or ident not in model.elements:
            continue
        seen.add(ident)
        if not _splits(model.elements[ident]):
            waiting.extend(model.targets(ident))
    return False


def _splits(element: Element) -> bool:
    choosing = ("exclusiveGateway", "eventBasedGateway")
    return len(element.outgoing) > 1 and element.kind not in choosing
