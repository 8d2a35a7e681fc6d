"""Perform actions: what came of one action."""

from __future__ import annotations

from typing import Any

from crm import plan_actions
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion

# What is not finished goes on in the next run of the plan.
STATUS = {"done": "done", "dropped": "dropped", "partly": "carried", "not_done": "carried"}


@handler("execute_account_plan.perform_actions")
@completion
def perform_actions(context: TaskContext[Any]) -> Outcome:
    """Keeps the result with the action."""
    form = context.form
    action = plan_actions.get(context.session, context.variables["action"]["id"])
    status = STATUS[form["result"]]
    result = " ".join(part for part in (form["result_note"], form.get("next")) if part)
    changes = {"status": status, "result": result, "done_at": context.now if status == "done" else None}
    plan_actions.change(context.session, action, changes, by=context.actor or action.owner, at=context.now)
    return Done({})
