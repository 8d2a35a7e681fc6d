"""How the open opportunities of one owner stand (RP-10): stage, status, next step, late actions, age of the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from crm import plan_actions
from crm.tables import opportunity, opportunity_plan, plan_action, sales_stage

HEADS = (
    ("Number", "编号"),
    ("Opportunity", "商机"),
    ("Status", "状态"),
    ("Stage", "阶段"),
    ("How it stands", "总体状态"),
    ("Next step", "下一步"),
    ("Late actions", "逾期行动"),
    ("Days since a change", "距上次更新天数"),
    ("Comes back on", "恢复日期"),
)
OPEN = ("prequalified", "assessed", "active", "pended")

Row = tuple[object, ...]


def of_owner(connection: Connection, owner: str, at: datetime) -> Sequence[Row]:
    """One row for each open opportunity, in the order of `HEADS`, by number."""
    deal, plan, action = opportunity.c, opportunity_plan.c, plan_action.c
    late = (
        select(func.count())
        .select_from(plan_action)
        .where(
            action.opportunity_plan_id == plan.id,
            action.due < at.date(),
            action.status.in_(plan_actions.UNFINISHED),
        )
        .correlate(opportunity_plan)
        .scalar_subquery()
    )
    query = (
        select(deal.number, deal.name, deal.status, sales_stage.c.name, plan.status_rag, deal.next_step, late)
        .add_columns(deal.updated_at, deal.resume_date)
        .outerjoin_from(opportunity, opportunity_plan, plan.opportunity_id == deal.id)
        .outerjoin(sales_stage, sales_stage.c.key == deal.stage)
        .where(deal.owner == owner, deal.status.in_(OPEN))
        .order_by(deal.number)
    )
    return [(*row[:7], (at - row[7]).days, row[8]) for row in connection.execute(query)]
