"""4 Summarise and update progress: won, lost, or on to the next stage."""

from __future__ import annotations

from typing import Any

from crm import evaluations
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("opportunity_lifecycle_u8.summarise_progress")
@completion
def summarise_progress(context: TaskContext[Any]) -> Outcome:
    """The summary is kept as an evaluation of the stage, with what was confirmed."""
    form, deal = context.form, subject.opportunity_of(context)
    confirmed = list(form.get("criteria_met") or [])
    answers = {
        "note": form["summary"],
        "stage": deal.stage,
        "criteria_met": confirmed,
        "progress": form["progress"],
        "next_stage": form.get("next_stage"),
    }
    by = subject.actor(context, deal)
    evaluations.add(context.session, deal.id, "stage", by=by, at=context.now, answers=answers)
    return Done({"criteria_met": confirmed})
