"""Win analysis: why we won, and what work follows from it."""

from __future__ import annotations

from typing import Any

from crm import activities, win_loss
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import order_entry, plans, subject
from handlers.shared.outcomes import completion

FIELD = "win_reasons"


@handler("close_opportunity.analyse_win")
@completion
def analyse_win(context: TaskContext[Any]) -> Outcome:
    """Keeps the analysis with its weighted reasons, and plans the follow-up work as tasks of the opportunity."""
    given = plans.rows(context, FIELD)
    if doubled := plans.twice(row["reason_code"] for row in given):
        return Refuse({FIELD: doubled})
    deal = subject.opportunity_of(context)
    by = subject.actor(context, deal)
    reasons = [plans.columns(row, "weight", code="reason_code") for row in given]
    values = plans.columns(context.form, "decisive_factor", "reusable_assets")
    win_loss.analyse(context.session, deal, reasons, values, by=by, at=context.now)
    for row in plans.rows(context, "follow_up_tasks"):
        activities.plan(context.session, deal.id, row["todo"], row["owner"], row["due"], by=by, at=context.now)
    return Done({"quoted_lines": order_entry.quoted(context, deal)})
