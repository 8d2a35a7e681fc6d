"""Add Opportunity to Pipeline: active, in the first pipeline stage, in the forecast and the reports."""

from __future__ import annotations

from typing import Any

from crm import pipeline
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("prioritize_opportunity.add_to_pipeline")
@automatic
def add_to_pipeline(context: TaskContext[Any]) -> Outcome:
    """From here the measures of the rep count the opportunity."""
    deal = subject.opportunity_of(context)
    entered = pipeline.add(context.session, deal, by=subject.actor(context, deal), at=context.now)
    variables = {
        "status": entered.status,
        "stage": entered.stage,
        "pipeline_entry_at": entered.pipeline_entry_at,
        "win_probability": subject.plain(entered.win_probability),
    }
    return Done(variables, events=["pipeline.changed"])
