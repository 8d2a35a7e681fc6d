"""An approval says who may decide, and stands on a user task."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.model import Element
from engine.errors import Finding

RULE = "approvals"
_DECIDERS = ("assignee", "candidateUsers", "candidateGroups")


def check(sheet: Sheet) -> Iterator[Finding]:
    for element in sheet.model.elements.values():
        if "approval" not in element.properties:
            continue
        yield from _kind(sheet, element)
        if element.approval and element.kind == "userTask":
            yield from _people(sheet, element)


def _kind(sheet: Sheet, element: Element) -> Iterator[Finding]:
    if element.properties["approval"] not in ("true", "false") or element.kind != "userTask":
        yield sheet.error(
            RULE,
            sheet.by_id.get(element.id),
            "Expected approval=true on a user task, but %(id)s is of the kind %(kind)s with approval=%(value)s.",
            "Draw the approval as a user task, or remove the property.",
            id=element.id,
            kind=element.kind,
            value=element.properties["approval"],
        )


def _people(sheet: Sheet, element: Element) -> Iterator[Finding]:
    node = sheet.by_id.get(element.id)
    if "approval.level" not in element.properties and not any(element.attributes.get(name) for name in _DECIDERS):
        yield sheet.error(
            RULE,
            node,
            "Expected the approval %(id)s to say who may decide, but it has no approval.level and no candidates.",
            "Add the property approval.level, for example approval_level.",
            id=element.id,
        )
    if "approval.requester" not in element.properties:
        yield sheet.warning(
            RULE,
            node,
            "Expected the approval %(id)s to know its requester, but approval.requester is missing.",
            "Add the property, for example owner; otherwise nobody can be kept from approving their own request.",
            id=element.id,
        )
