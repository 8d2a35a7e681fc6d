"""Develop & Update Tactics List/Action Plan to Win Sales: who does what by when; the whole sales team sees it."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans, plan_actions, plan_answers
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.develop_action_plan")
@completion
def develop_action_plan(context: TaskContext[Any]) -> Outcome:
    """Makes the rows the actions of the plan; an action that is no longer listed is dropped, not forgotten."""
    work = plans.at_work(context)
    there = {action.id: action for action in plan_answers.actions(context.session, work.plan)}
    for row in plans.rows(context, "tactics"):
        values = {
            **plans.columns(row, "objective", "owner", "due", text="tactic", section="linked_section"),
            "status": row.get("status") or "open",
        }
        if row["status"] == "done":
            values["done_at"] = context.now
        known = there.pop(row.get("action") or 0, None)
        if known is None:
            kind = plan_actions.OPPORTUNITY_PLAN
            plan_actions.add(context.session, kind, work.plan.id, values, by=work.by, at=context.now)
        else:
            plan_actions.change(context.session, known, values, by=work.by, at=context.now)
    for action in there.values():
        if action.status in plan_actions.UNFINISHED:
            plan_actions.change(context.session, action, {"status": "dropped"}, by=work.by, at=context.now)
    opportunity_plans.change(context.session, work.plan, {}, by=work.by, at=context.now)
    return Done({"tactics": plan_answers.tactics(context.session, work.plan)})
