"""Merge or keep: the draft goes into the opportunity it repeats, stays beside it, or ends."""

from __future__ import annotations

from typing import Any

from crm import opportunities, prequalification
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import customers, subject
from handlers.shared.outcomes import completion


@handler("pre_qualify_opportunity.resolve_duplicate")
@completion
def resolve_duplicate(context: TaskContext[Any]) -> Outcome:
    """Whoever owns the surviving opportunity hears of what was added."""
    action = context.form["dup_action"]
    deal = subject.opportunity_of(context)
    by, today = subject.actor(context, deal), subject.today(context, deal.owner)
    if action == "keep_both":
        return Done({})
    if action == "discard":
        prequalification.discard(context.session, deal, today, by=by, at=context.now)
        return Done({})
    into = opportunities.get(context.session, customers.number_of(context.variables["duplicate_of"]))
    into = prequalification.merge(context.session, deal, into, today, by=by, at=context.now)
    text = Sentence(
        "%(double)s was merged into %(number)s %(name)s.", double=deal.number, number=into.number, name=into.name
    )
    return Done({}, notices=[Notice(into.owner, None, text)])
