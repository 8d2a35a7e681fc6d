"""Assign by manager: no rule says whose the opportunity is, so a manager does."""

from __future__ import annotations

from typing import Any

from crm import opportunities
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("pre_qualify_opportunity.assign_owner_manually")
@completion
def assign_owner_manually(context: TaskContext[Any]) -> Outcome:
    """The new owner hears of it."""
    deal, owner = subject.opportunity_of(context), context.form["owner"]
    if owner == deal.owner:
        return Done({"owner": owner, "owner_assigned": True})
    by = subject.actor(context, deal)
    deal = opportunities.reassign(context.session, deal, owner, by=by, at=context.now)
    text = Sentence("The opportunity %(number)s %(name)s is yours.", number=deal.number, name=deal.name)
    return Done({"owner": owner, "owner_assigned": True}, notices=[Notice(owner, None, text)])
