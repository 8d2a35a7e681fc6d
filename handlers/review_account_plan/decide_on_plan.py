"""Decide on plan: approve it, send it back, or stop it; the owner hears of it."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import account_of, plan_of


@handler("review_account_plan.decide_on_plan")
@completion
def decide_on_plan(context: TaskContext[Any]) -> Outcome:
    """What is decided takes effect when it is recorded."""
    plan = plan_of(context)
    if context.form["decision"] == "approve":
        text = "The plan %(number)s for %(account)s was approved."
    elif context.form.get("reject_kind") == "stop":
        text = "The plan %(number)s for %(account)s was stopped."
    else:
        text = "The plan %(number)s for %(account)s was sent back to be reworked."
    told = Sentence(text, number=plan.number, account=account_of(context, plan).name)
    variables = {"decided_by": context.actor, "with_changes": bool(context.form.get("with_changes"))}
    return Done(variables, notices=[Notice(plan.owner, None, told)])
