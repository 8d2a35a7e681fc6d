"""Review progress: how the plan stands this month, and the figures for its health."""

from __future__ import annotations

from typing import Any

from crm import plan_actions, plan_health
from crm.account_plans import AccountPlan
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, planner, write

NOTHING = "none"


@handler("execute_account_plan.review_progress")
@completion
def review_progress(context: TaskContext[Any]) -> Outcome:
    """Marks overdue actions as late; sets the inputs of table D07, and whether a review is due."""
    plan, form = plan_of(context), context.form
    today = subject.today(context, plan.owner)
    blockers = stored(form.get("blockers") or [])
    write(context, plan, blockers=blockers, customer_feedback=form.get("customer_feedback"))
    _mark_late(context, plan)
    happened = context.variables["trigger_event"] != NOTHING
    return Done(
        {
            "actions_on_time_pct": plan_health.actions_on_time_pct(context.session, plan, today),
            "target_attainment_pct": plan_health.target_attainment_pct(context.session, plan, today),
            "review_due": happened or plan_health.review_due(plan, today),
        }
    )


def _mark_late(context: TaskContext[Any], plan: AccountPlan) -> None:
    today, by = subject.today(context, plan.owner), planner(context, plan)
    for action in plan_actions.of_plan(context.session, plan_actions.ACCOUNT_PLAN, plan.id, ("open",)):
        if action.due < today:
            plan_actions.change(context.session, action, {"status": "late"}, by=by, at=context.now)
