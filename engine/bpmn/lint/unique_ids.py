"""Every step has an id, no two elements share one, and what others find it by is short enough to be kept."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import expression
from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import FLOW_NODES, Node, camunda, identity, is_bpmn, local
from engine.errors import Finding

RULE = "unique-ids"
LONGEST = 200
_NAMES = {
    "message": ("name",),
    "signal": ("name",),
    "error": ("errorCode",),
    "escalation": ("escalationCode",),
}
_PEOPLE = ("assignee", "candidateUsers", "candidateGroups")


def _parts(people: str) -> list[str]:
    return [people] if expression(people) is not None else people.split(",")


def check(sheet: Sheet) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for node in sheet.drawing.root.iter("*"):
        ident = identity(node)
        if not is_bpmn(node) or (not ident and local(node) not in FLOW_NODES):
            continue
        if not ident:
            yield sheet.error(
                RULE,
                node,
                "Expected every %(kind)s to have an id, but this one has none.",
                "Give it an id of letters, digits and underscores.",
                kind=local(node),
            )
        elif ident in seen:
            yield sheet.error(
                RULE,
                node,
                "Expected ids to be unique, but %(id)s is that of two elements: %(first)s and %(second)s.",
                "Rename one of the two.",
                id=ident,
                first=seen[ident],
                second=local(node),
            )
        seen.setdefault(ident, local(node))
        yield from _length(sheet, node)


def _length(sheet: Sheet, node: Node) -> Iterator[Finding]:
    found = [(name, node.get(name, "")) for name in ("id", *_NAMES.get(local(node), ()))]
    if local(node) == "userTask":
        found += [(name, one) for name in _PEOPLE for one in _parts(node.get(camunda(name), ""))]
    for name, text in found:
        if len(text) > LONGEST and expression(text) is None:
            yield sheet.error(
                RULE,
                node,
                "Expected the %(name)s of the %(kind)s to have at most %(limit)s characters, but it has %(count)s.",
                "Choose a shorter one; long texts belong into the documentation.",
                name=name,
                kind=local(node),
                limit=LONGEST,
                count=len(text),
            )
