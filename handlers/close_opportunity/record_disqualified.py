"""Record only: what was cancelled or disqualified is kept as a decision not to pursue, with its reason."""

from __future__ import annotations

from typing import Any

from crm import pursue
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.record_disqualified")
@automatic
def record_disqualified(context: TaskContext[Any]) -> Outcome:
    """Appends a pursue decision No; its reason code is the first that was named."""
    deal, variables = subject.opportunity_of(context), context.variables
    codes = variables.get("reason_codes") or [None]
    pursue.record(
        context.session,
        deal,
        "no",
        basis="pipeline",
        rationale=variables.get("closing_note"),
        by=subject.actor(context, deal),
        at=context.now,
        reason_code=codes[0],
    )
    return Done({})
