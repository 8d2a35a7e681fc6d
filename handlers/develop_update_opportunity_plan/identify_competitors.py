"""Identify Competitors & Develop Competitive Strategy."""

from __future__ import annotations

from typing import Any

from crm import competition, opportunity_plans
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "competitors"


@handler("develop_update_opportunity_plan.identify_competitors")
@completion
def identify_competitors(context: TaskContext[Any]) -> Outcome:
    """Writes the opportunity's competitors, and how we compete against them."""
    given = plans.rows(context, FIELD)
    if doubled := plans.twice(row["competitor"] for row in given):
        return Refuse({FIELD: doubled})
    work = plans.at_work(context)
    found = [
        {
            "competitor_id": competition.by_key(context.session, row["competitor"]),
            **plans.columns(row, *competition.OWN),
        }
        for row in given
    ]
    competition.keep(context.session, work.deal, found, by=work.by, at=context.now)
    strategy = plans.columns(context.form, "competitive_strategy", "counter_moves")
    opportunity_plans.change(context.session, work.plan, strategy, by=work.by, at=context.now)
    return Done({})
