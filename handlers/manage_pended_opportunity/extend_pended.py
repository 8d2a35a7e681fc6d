"""Set the new date: the extension takes effect, and only now it counts."""

from __future__ import annotations

from typing import Any

from crm import pended
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("manage_pended_opportunity.extend_pended")
@automatic
def extend_pended(context: TaskContext[Any]) -> Outcome:
    """Keeps the new resume date and sets the moment to come back: 09:00 of that day where the owner is."""
    deal = subject.opportunity_of(context)
    item = pended.get_waiting(context.session, deal)
    chosen = context.variables["new_resume_date"]
    by = subject.actor(context, deal)
    extended = pended.extend(context.session, deal, item, chosen, by=by, at=context.now)
    variables = {
        "extension_count": extended.extension_count,
        "resume_date": chosen,
        "resume_at": subject.resume_moment(context, deal.owner, chosen),
        "resume_action": None,
        "new_resume_date": None,
    }
    return Done(variables)
