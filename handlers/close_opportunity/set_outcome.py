"""Set status: won with 100 %, or ended with 0 %; booked in the forecast or out of it; other work on it ends."""

from __future__ import annotations

from typing import Any

from crm import closing
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import other_processes, subject
from handlers.shared.outcomes import automatic

EVENTS = {"won": "opportunity.won", "lost": "opportunity.lost", "no_decision": "opportunity.lost"}


@handler("close_opportunity.set_outcome")
@automatic
def set_outcome(context: TaskContext[Any]) -> Outcome:
    """The reason in the history is the codes with the comment; what else runs about the opportunity is withdrawn."""
    deal, variables = subject.opportunity_of(context), context.variables
    outcome, note = variables["outcome"], variables.get("closing_note")
    reason = ", ".join(variables.get("reason_codes") or ()) + (f": {note}" if note else "")
    moved = closing.settle(
        context.session,
        deal,
        outcome,
        on=variables["outcome_date"],
        actual_amount=variables.get("actual_amount"),
        reason=reason,
        by=subject.actor(context, deal),
        at=context.now,
    )
    return Done(
        {"opp_status": moved.status, "win_probability": subject.plain(moved.win_probability)},
        events=[EVENTS.get(outcome, "opportunity.dropped"), "pipeline.changed"],
        messages=other_processes.withdrawals(context, deal.business_key, {"closed_as": outcome}),
    )
