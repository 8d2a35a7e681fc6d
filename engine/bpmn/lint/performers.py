"""Who does a task is said in words that are read: users, groups and FEEL, not queries of a directory."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, children, first, identity, local
from engine.errors import Finding

RULE = "performers"
_ROLES = ("performer", "humanPerformer", "potentialOwner")
_BY_PEOPLE = ("userTask", "manualTask", "task")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*_BY_PEOPLE):
        for role in children(node, "resourceRole"):
            if first(role, "resourceRef", "resourceAssignmentExpression") is not None:
                yield _finding(sheet, node, role)
        for role in children(node, *_ROLES):
            for binding in children(role, "resourceParameterBinding"):
                yield _finding(sheet, node, binding)


def _finding(sheet: Sheet, node: Node, part: Node) -> Finding:
    return sheet.error(
        RULE,
        node,
        "Expected %(id)s to name its people as users or groups, but it has a %(part)s, which is not read.",
        "Name them in a potentialOwner, for example user(mara), group(managers), or as candidates of the task.",
        id=identity(node),
        part=local(part),
    )
