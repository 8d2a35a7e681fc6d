"""Loss analysis: why we lost, to whom, and what we learn."""

from __future__ import annotations

from typing import Any

from crm import competition, win_loss
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import plans, subject
from handlers.shared.outcomes import completion

FIELD = "loss_reasons"


@handler("close_opportunity.analyse_loss")
@completion
def analyse_loss(context: TaskContext[Any]) -> Outcome:
    """Keeps the analysis with its weighted reasons, and marks the competitor whom the customer chose."""
    given, chosen = plans.rows(context, FIELD), context.form.get("chosen_competitor")
    if doubled := plans.twice(row["reason_code"] for row in given):
        return Refuse({FIELD: doubled})
    deal = subject.opportunity_of(context)
    reasons = [plans.columns(row, "weight", code="reason_code") for row in given]
    values = {
        **plans.columns(context.form, "price_gap_pct", "lessons", "revisit_date"),
        "chosen_competitor_id": competition.by_key(context.session, chosen) if chosen else None,
    }
    win_loss.analyse(context.session, deal, reasons, values, by=subject.actor(context, deal), at=context.now)
    return Done({})
