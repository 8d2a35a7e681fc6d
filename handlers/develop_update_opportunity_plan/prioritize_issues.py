"""Prioritize and Identify Issues, Root Causes and Key Decision-Making Factors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import opportunity_plans, plan_contents
from crm.rows import stored
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FACTORS, ISSUES = "decision_factors", "issues"
WHOLE = 100
LAST_RANK = 100


@handler("develop_update_opportunity_plan.prioritize_issues")
@completion
def prioritize_issues(context: TaskContext[Any]) -> Outcome:
    """Keeps the issues by rank, and the factors whose weights add up to 100."""
    factors = plans.rows(context, FACTORS)
    if doubled := plans.twice(row["factor"] for row in factors):
        return Refuse({FACTORS: doubled})
    total = sum((Decimal(row["weight_pct"]) for row in factors), Decimal(0))
    if total != WHOLE:
        return Refuse(
            {FACTORS: Sentence("Expected weights that add up to 100, but they add up to %(sum)s.", sum=total)}
        )
    work = plans.at_work(context)
    issues = sorted(plans.rows(context, ISSUES), key=lambda row: row.get("rank") or LAST_RANK)
    plan, changes = work.plan, {ISSUES: stored(issues)}
    opportunity_plans.change(context.session, plan, changes, by=work.by, at=context.now)
    found = [plans.columns(row, "factor", "our_position", weight="weight_pct") for row in factors]
    plan_contents.set_factors(context.session, plan, found, by=work.by, at=context.now)
    return Done({ISSUES: issues})
