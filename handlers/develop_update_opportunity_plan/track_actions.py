"""Track & Manage Actions & Status: what was done, how the pursuit stands, what the customer decided."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans, plan_actions, plan_answers, playbook
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.track_actions")
@completion
def track_actions(context: TaskContext[Any]) -> Outcome:
    """Writes state and result of each action; what worked may go into the playbook for others."""
    work = plans.at_work(context)
    for row in plans.rows(context, "action_updates"):
        _update(context, work, row)
    status = plans.columns(context.form, "status_rag")
    plan = opportunity_plans.change(context.session, work.plan, status, by=work.by, at=context.now)
    if context.form.get("save_as_playbook"):
        playbook.save(context.session, work.deal, plan, by=work.by, at=context.now)
    lists = plan_answers.action_lists(context.session, plan, work.today)
    return Done({**lists, "tactics": plan_answers.tactics(context.session, plan), "save_as_playbook": False})


def _update(context: TaskContext[Any], work: plans.Work, row: dict[str, Any]) -> None:
    action = plan_actions.get(context.session, row["action"])
    changes = {"status": row.get("status") or action.status, "result": row.get("comment")}
    if changes["status"] == "done" and action.done_at is None:
        changes["done_at"] = context.now
    moved = {name: value for name, value in changes.items() if getattr(action, name) != value}
    if moved:
        plan_actions.change(context.session, action, moved, by=work.by, at=context.now)
