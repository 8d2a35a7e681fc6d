"""Retire plan: no more work for it."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_actions
from crm.account_plans import ENDED
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, planner


@handler("monitor_account_performance.retire_plan")
@automatic
def retire_plan(context: TaskContext[Any]) -> Outcome:
    """A review that stopped the plan has retired it already; its open actions are dropped here."""
    plan = plan_of(context)
    session, at, by = context.session, context.now, planner(context, plan)
    if plan.status not in ENDED:
        reason = context.variables.get("comment")
        account_plans.move(session, plan, "retired", by=by, at=at, ended_reason=reason)
    kind = plan_actions.ACCOUNT_PLAN
    for action in plan_actions.of_plan(session, kind, plan.id, plan_actions.UNFINISHED):
        plan_actions.change(session, action, {"status": "dropped"}, by=by, at=at)
    return Done({"plan_status": "retired"})
