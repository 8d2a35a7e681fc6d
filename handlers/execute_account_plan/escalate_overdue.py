"""Escalate overdue action: more time, another owner, or dropped."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm import plan_actions
from engine.contract import Done, Message, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion
from handlers.shared.plan_runs import row_of

CHANGED = "plan_action.changed"
FINISHED = ("done", "dropped")


@handler("execute_account_plan.escalate_overdue")
@completion
def escalate_overdue(context: TaskContext[Any]) -> Outcome:
    """The open task of the action follows: it opens anew with the new day or owner, or is skipped."""
    form, action = context.form, plan_actions.get(context.session, context.variables["action"]["id"])
    if errors := _refused(context, form):
        return Refuse(errors)
    if action.status in FINISHED:
        return Done({})
    changes: dict[str, Any] = {"due": form["new_due"]} if form.get("new_due") else {}
    if form["help"] == "drop":
        changes = {"status": "dropped"}
    elif form["help"] == "reassign":
        changes["owner"] = form["new_owner"]
    by = context.actor or action.owner
    changed = plan_actions.change(context.session, action, changes, by=by, at=context.now)
    told = Sentence("The overdue action “%(text)s” was looked at: see your tasks.", text=action.text)
    notices = [Notice(who, None, told) for who in sorted({action.owner, changed.owner})]
    message = Message(CHANGED, f"plan_action:{action.id}")
    return Done({"action": row_of(context, changed)}, notices=notices, messages=[message])


def _refused(context: TaskContext[Any], form: Any) -> dict[str, Sentence]:
    new_due: date | None = form.get("new_due")
    today = subject.today(context, context.variables["owner"])
    if form["help"] == "extend" and new_due is None:
        return {"new_due": Sentence("Expected the new day, but the field is empty.")}
    if form["help"] == "reassign" and not form.get("new_owner"):
        return {"new_owner": Sentence("Expected somebody to take the action over, but nobody is named.")}
    if new_due is not None and new_due <= today:
        return {"new_due": Sentence("Expected a day after today, but got %(value)s.", value=new_due)}
    return {}
