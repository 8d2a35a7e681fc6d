"""Publish plan: in force from now on; the plan before ends, and ticked ideas go to pre-qualification."""

from __future__ import annotations

from typing import Any

from crm import account_plans, opportunity_ideas, plan_periods
from crm.account_plans import AccountPlan
from engine.contract import Done, Outcome, Start, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.planning import account_of, plan_of, planner

PREQUALIFY = "pre-qualify-opportunity"


@handler("develop_account_plan.publish_plan")
@automatic
def publish_plan(context: TaskContext[Any]) -> Outcome:
    """Sets the day of the next review by the plan's cycle."""
    plan = plan_of(context)
    by, today = planner(context, plan), subject.today(context, plan.owner)
    _expire(context, plan, by)
    review = plan_periods.next_review(today, plan.review_cycle, plan.period_end)
    active = account_plans.move(context.session, plan, "active", by=by, at=context.now, next_review_on=review)
    return Done({"plan_status": active.status}, starts=_opportunities(context, active, by))


def _expire(context: TaskContext[Any], plan: AccountPlan, by: str) -> None:
    used = account_plans.in_force(context.session, plan.account_id)
    for old in used:
        if old.id != plan.id:
            account_plans.move(context.session, old, "expired", by=by, at=context.now)


def _opportunities(context: TaskContext[Any], plan: AccountPlan, by: str) -> list[Start]:
    customer, starts = account_of(context, plan), []
    for idea in opportunity_ideas.of_plan(context.session, plan.id):
        if idea.create_opportunity and idea.started_at is None:
            opportunity_ideas.mark_started(context.session, idea, by=by, at=context.now)
            given = {
                "name": f"{idea.product} - {idea.unit}",
                "source": "account_plan",
                "est_amount": idea.est_value,
                "owner": plan.owner,
            }
            starts.append(Start(PREQUALIFY, f"account:{customer.number}", given))
    return starts
