"""Put into nurture: on the campaign list, to be looked at again after 90 days."""

from __future__ import annotations

from typing import Any

from crm import leads
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import automatic


@handler("lead_management.nurture_lead")
@automatic
def nurture_lead(context: TaskContext[Any]) -> Outcome:
    """Sets the day on which the lead begins anew."""
    lead = lead_of(context)
    by, today = context.actor or lead.owner, subject.today(context, lead.owner)
    kept = leads.nurture(context.session, lead, today, by=by, at=context.now)
    return Done({"revisit_date": kept.revisit_date})
