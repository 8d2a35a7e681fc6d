"""Approve closure: the pursuit ends this way, or it goes on."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("close_opportunity.approve_closure")
@completion
def approve_closure(context: TaskContext[Any]) -> Outcome:
    """Tells the owner; where the pursuit goes on depends on where it stands now."""
    deal = subject.opportunity_of(context)
    values = {"number": deal.number, "name": deal.name}
    if context.form["decision"] == "approve":
        text = Sentence("The closure of %(number)s %(name)s was approved.", **values)
    else:
        reason = context.form.get("comment") or ""
        text = Sentence("The closure of %(number)s %(name)s was refused: %(reason)s", **values, reason=reason)
    return Done({"opp_status": deal.status}, notices=[Notice(deal.owner, None, text)])
