"""RP-06 and RP-07: the measures of sales calls and of account planning, for everybody asked about."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from crm import measure_runs, measures
from crm.measure_reports import HEALTH_HEADS, IN_FORCE
from crm.reports.frame import Names, Scope, Sheet
from crm.tables import account_plan

HEADS: tuple[Names, ...] = (
    ("Measure", "指标"),
    ("Value", "数值"),
    ("Target", "目标值"),
    ("Attainment, %", "达成率（%）"),
)


def calls(scope: Scope) -> list[Sheet]:
    """RP-06: quantity, preparation, quality and effect of sales calls."""
    return [_group(scope, "call", ("Sales-call effectiveness", "拜访成效"))]


def plans(scope: Scope) -> list[Sheet]:
    """RP-07: the measures of account planning, and how healthy the plans in force are."""
    at = account_plan.c
    query = select(at.plan_health).where(at.status.in_(IN_FORCE), at.owner.in_(scope.asked.people))
    mix = Counter(str(health or "-") for health in scope.asked.connection.execute(query).scalars())
    health = Sheet(("Health of the plans", "计划健康度"), HEALTH_HEADS, tuple(sorted(mix.items())))
    return [_group(scope, "account", ("Account-plan performance", "客户计划绩效")), health]


def _group(scope: Scope, group: str, title: Names) -> Sheet:
    rows = []
    for one in measure_runs.known(scope.asked.connection, group):
        figure = measures.ALL[one.key](scope.asked)
        rows.append((one.name, figure.value, one.target, measures.attainment(figure.value, one.target, one.direction)))
    return Sheet(title, HEADS, tuple(rows))
