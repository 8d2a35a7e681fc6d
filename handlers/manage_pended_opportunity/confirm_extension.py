"""Confirm third extension: a refusal ends the deferral, and the owner hears of either answer."""

from __future__ import annotations

from typing import Any

from crm import pended
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("manage_pended_opportunity.confirm_extension")
@completion
def confirm_extension(context: TaskContext[Any]) -> Outcome:
    """The extension itself takes effect in the step that follows an approval."""
    deal = subject.opportunity_of(context)
    values = {"number": deal.number, "name": deal.name}
    if context.form["decision"] == "approve":
        text = Sentence("The extension of %(number)s %(name)s was approved.", **values)
        return Done({}, notices=[Notice(deal.owner, None, text)])
    item = pended.get_waiting(context.session, deal)
    by, reason = subject.actor(context, deal), context.form.get("comment")
    pended.settle(context.session, deal, item, "dropped", reason=reason, by=by, at=context.now)
    text = Sentence("The extension of %(number)s %(name)s was refused; it is going to be closed.", **values)
    return Done({"reason": reason}, notices=[Notice(deal.owner, None, text)])
