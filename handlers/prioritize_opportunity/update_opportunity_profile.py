"""Update Opportunity Profile: close date, amount, probability and next step as they are known now."""

from __future__ import annotations

from typing import Any

from crm import pipeline
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

FIELDS = ("expected_close_date", "amount", "win_probability", "next_step", "next_step_date", "notes")


@handler("prioritize_opportunity.update_opportunity_profile")
@completion
def update_opportunity_profile(context: TaskContext[Any]) -> Outcome:
    """Writes the profile and brings forecast line and pipeline figures along."""
    deal = subject.opportunity_of(context)
    changes = {name: context.form[name] for name in FIELDS if name in context.form}
    by = subject.actor(context, deal)
    changed = pipeline.update_profile(context.session, deal, changes, by=by, at=context.now)
    return Done({"amount_base": changed.amount_base}, events=["pipeline.changed"])
