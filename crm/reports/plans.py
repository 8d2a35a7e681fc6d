"""RP-09 and RP-10: opportunity plans and how the opportunities of each person stand."""

from __future__ import annotations

from sqlalchemy import func, select

from crm import opportunity_status
from crm.reports.frame import Names, Scope, Sheet
from crm.tables import opportunity, opportunity_plan, plan_action, plan_gap, plan_section

PLAN_HEADS: tuple[Names, ...] = (
    ("Plan", "计划"),
    ("Opportunity", "商机"),
    ("Version", "版本"),
    ("Depth", "深度"),
    ("Status", "状态"),
    ("Sections", "章节"),
    ("Open questions", "未解决问题"),
    ("Tactics", "战术"),
)


def opportunity_plans(scope: Scope) -> list[Sheet]:
    """RP-09: one line for each plan; the whole report of one plan is filed with its opportunity."""
    plan, deal = opportunity_plan.c, opportunity.c
    counts = [
        select(func.count()).where(table.c.opportunity_plan_id == plan.id).correlate(opportunity_plan).scalar_subquery()
        for table in (plan_section, plan_gap, plan_action)
    ]
    query = (
        select(plan.number, deal.number, plan.version, plan.depth, plan.status, *counts)
        .join_from(opportunity_plan, opportunity, deal.id == plan.opportunity_id)
        .where(deal.owner.in_(scope.asked.people))
        .order_by(plan.number)
    )
    rows = tuple(tuple(row) for row in scope.asked.connection.execute(query))
    return [Sheet(("Opportunity plans", "商机计划"), PLAN_HEADS, rows)]


def status(scope: Scope) -> list[Sheet]:
    """RP-10: stage, state, next step, late actions and age of every open opportunity."""
    rows = tuple(
        (rep, *row)
        for rep in scope.asked.people
        for row in opportunity_status.of_owner(scope.asked.connection, rep, scope.asked.now)
    )
    heads = (("Rep", "销售代表"), *opportunity_status.HEADS)
    return [Sheet(("Opportunities status", "商机状态"), heads, rows)]
