"""Who does a task is said in words that are read: users, known groups and FEEL, not queries of a directory."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.expressions import expression
from engine.bpmn.extensions import attributes
from engine.bpmn.lint.sheet import Sheet, nearest
from engine.bpmn.vocabulary import Node, children, first, identity, local
from engine.errors import Finding

RULE = "performers"
_ROLES = ("performer", "humanPerformer", "potentialOwner")
_BY_PEOPLE = ("userTask", "manualTask", "task")
_PEOPLE = ("assignee", "candidateUsers", "candidateGroups")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*_BY_PEOPLE):
        for role in children(node, "resourceRole"):
            if first(role, "resourceRef", "resourceAssignmentExpression") is not None:
                yield _unread(sheet, node, role)
        for role in children(node, *_ROLES):
            for binding in children(role, "resourceParameterBinding"):
                yield _unread(sheet, node, binding)
    if sheet.known.groups:
        yield from _strangers(sheet, sheet.known.groups)


def _unread(sheet: Sheet, node: Node, part: Node) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected %(id)s to name its people as users or groups, but it has a %(part)s, which is not read.",
        "Name them in a potentialOwner, for example user(mara), group(managers), or as candidates of the task.",
        id=identity(node),
        part=local(part),
    )


def _strangers(sheet: Sheet, known: frozenset[str]) -> Iterator[Finding]:
    """One finding for each group that nobody can belong to, at the first step that names it."""
    first_at: dict[str, Node] = {}
    for node in sheet.nodes(*_BY_PEOPLE):
        for group in _groups(sheet, node):
            first_at.setdefault(group, node)
    for group, node in first_at.items():
        if group not in known:
            yield sheet.warning(
                RULE,
                node,
                "Expected %(id)s to name a group of the company (%(known)s), but %(group)s is none of them.",
                "Write %(meant)s if that is meant. As drawn, operations get the task where nobody else is named.",
                id=identity(node),
                known=", ".join(sorted(known)),
                group=group,
                meant=nearest(group, known) or min(known),
            )


def _groups(sheet: Sheet, node: Node) -> list[str]:
    """The groups that a step names itself, or else by its lane; none where only an instance can tell."""
    said = attributes(node)
    named = said.get("candidateGroups", "")
    if not any(said.get(one) for one in _PEOPLE):
        element = sheet.model.elements.get(identity(node))
        named = (element.group if element is not None else None) or ""
    return [] if expression(named) is not None else [group for one in named.split(",") if (group := one.strip())]
