"""Who does a task is said by lanes and candidates: the standard's resource roles have no people behind them here."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import Node, camunda, children, first, identity, local
from engine.errors import Finding

RULE = "performers"
_ROLES = ("resourceRole", "performer", "humanPerformer", "potentialOwner")
_BY_PEOPLE = ("userTask", "manualTask", "task")
_ASSIGNMENTS = ("assignee", "candidateUsers", "candidateGroups")


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes(*_BY_PEOPLE):
        for role in children(node, *_ROLES):
            if first(role, "resourceRef", "resourceAssignmentExpression") is not None:
                yield _finding(sheet, node, role)


def _finding(sheet: Sheet, node: Node, role: Node) -> Finding:
    report = sheet.warning if any(node.get(camunda(name)) for name in _ASSIGNMENTS) else sheet.error
    return report(
        RULE,
        node,
        "Expected %(id)s to name its people as assignee or candidates, but it names a %(role)s, which is not read.",
        "Write users or groups as candidates of the task, or put it in the lane of its group; then remove the role.",
        id=identity(node),
        role=local(role),
    )
