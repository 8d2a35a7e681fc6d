"""Reactivate: back to assessed, ready to be prioritized again."""

from __future__ import annotations

from typing import Any

from crm import pended
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("manage_pended_opportunity.reactivate")
@automatic
def reactivate(context: TaskContext[Any]) -> Outcome:
    """Ends the deferral and clears the resume date."""
    deal = subject.opportunity_of(context)
    moved = pended.reactivate(context.session, deal, by=subject.actor(context, deal), at=context.now)
    variables = {"status": moved.status, "resume_date": None}
    return Done(variables, events=["opportunity.resumed", "pipeline.changed"])
