"""How an account plan stands at a moment: actions on time, and the revenue target reached so far, pro rata."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from crm import account_history, plan_actions, plan_actuals, plan_objectives
from crm.account_plans import AccountPlan

MOST = 200
HUNDRED = Decimal(100)


def actions_on_time_pct(connection: Connection, plan: AccountPlan, today: date) -> int:
    """The share of the actions due so far that were done by their day, in percent."""
    return plan_actions.on_time_pct(connection, plan_actions.ACCOUNT_PLAN, plan.id, today)


def target_attainment_pct(connection: Connection, plan: AccountPlan, today: date) -> int:
    """What was won of the revenue target that should be won by today, in percent, at most 200.

    100 where the plan has no revenue target or its period has not begun: nothing is behind.
    """
    first, last = plan.period_start, plan.period_end
    if first is None or last is None or today < first:
        return int(HUNDRED)
    objectives = plan_objectives.of_plan(connection, plan.id)
    target = sum((one.target for one in objectives if one.type == "revenue"), Decimal(0))
    if not target:
        return int(HUNDRED)
    won = account_history.revenue(connection, plan.account_id, first, min(today, last))
    return min(
        int((won / (target * plan_actuals.passed(plan, today)) * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)), MOST
    )


def review_due(plan: AccountPlan, today: date) -> bool:
    """Whether the review cycle or the plan itself has come to its end."""
    ends = [day for day in (plan.next_review_on, plan.period_end) if day is not None]
    return any(today >= day for day in ends)
