"""RP-05, how long approvals take: in working hours of the approver, by type, level and approver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from crm.measures.frame import Figure, share
from crm.measures.frame import middle as of_middle
from crm.people import Directory
from crm.reports.frame import ApprovalFacts, Names, Scope, Sheet, middle, ninetieth, percent, rounded

HEADS: tuple[Names, ...] = (
    ("By", "维度"),
    ("Value", "取值"),
    ("Decided", "已审批"),
    ("Median, hours", "中位数（小时）"),
    ("90 % within, hours", "P90（小时）"),
    ("Longest, hours", "最长（小时）"),
    ("In time, %", "按时率（%）"),
    ("Escalated, %", "上报率（%）"),
    ("Refused, %", "退回率（%）"),
)


def approvals(scope: Scope) -> list[Sheet]:
    """Median, ninetieth percentile and maximum of working hours; shares in time, escalated and refused."""
    directory = Directory(scope.asked.connection)
    hours = [(fact, _hours(directory, fact)) for fact in scope.approvals]
    views: dict[str, Callable[[ApprovalFacts], str]] = {
        "all": lambda fact: "all",
        "type": lambda fact: fact.type,
        "level": lambda fact: str(fact.level),
        "approver": lambda fact: fact.approver or "-",
    }
    rows = tuple(row for view, of in views.items() for row in _rows(view, of, hours))
    return [Sheet(("Approval cycle time", "审批周期"), HEADS, rows)]


def measures_of(connection: Connection, facts: Sequence[ApprovalFacts]) -> dict[str, Figure]:
    """The measures of the group approval (11.2): decided in time, in percent, and the median of working hours."""
    directory = Directory(connection)
    in_time = sum(1 for fact in facts if fact.due_at is None or fact.decided_at <= fact.due_at)
    spent = [_hours(directory, fact) for fact in facts]
    return {"approval_in_sla": share(in_time, len(facts)), "approval_hours": of_middle(spent)}


def _hours(directory: Directory, fact: ApprovalFacts) -> Decimal:
    calendar = directory.calendar_of(fact.approver or "group:ops")
    return calendar.hours_between(fact.requested_at, fact.decided_at)


def _rows(
    view: str, of: Callable[[ApprovalFacts], str], hours: list[tuple[ApprovalFacts, Decimal]]
) -> list[tuple[Any, ...]]:
    by_value: dict[str, list[tuple[ApprovalFacts, Decimal]]] = defaultdict(list)
    for fact, spent in hours:
        by_value[of(fact)].append((fact, spent))
    return [(view, value, *_figures(found)) for value, found in sorted(by_value.items())]


def _figures(found: list[tuple[ApprovalFacts, Decimal]]) -> tuple[Any, ...]:
    spent, facts = [hours for _, hours in found], [fact for fact, _ in found]
    return (
        len(facts),
        middle(spent),
        ninetieth(spent),
        rounded(max(spent)),
        percent(sum(1 for fact in facts if fact.due_at is None or fact.decided_at <= fact.due_at), len(facts)),
        percent(sum(1 for fact in facts if fact.escalations), len(facts)),
        percent(sum(1 for fact in facts if not fact.approved), len(facts)),
    )
