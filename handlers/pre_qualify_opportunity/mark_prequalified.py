"""Mark pre-qualified: the opportunity is real and fitting enough to be assessed, or to be pursued at once."""

from __future__ import annotations

from typing import Any

from crm import prequalification
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("pre_qualify_opportunity.mark_prequalified")
@automatic
def mark_prequalified(context: TaskContext[Any]) -> Outcome:
    """Moves it to its stage before the pipeline and writes the stage history."""
    deal = subject.opportunity_of(context)
    fast, by = context.variables["prequal_result"] == "fast_track", subject.actor(context, deal)
    moved = prequalification.mark(context.session, deal, fast_track=fast, by=by, at=context.now)
    return Done({"status": moved.status, "stage": moved.stage, "fast_track": fast})
