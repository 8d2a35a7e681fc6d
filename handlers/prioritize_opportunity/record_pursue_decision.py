"""Record Decision to Pursue Opportunity: from now on the opportunity is confirmed."""

from __future__ import annotations

from typing import Any

from crm import pursue
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("prioritize_opportunity.record_pursue_decision")
@automatic
def record_pursue_decision(context: TaskContext[Any]) -> Outcome:
    """Appends the decision with its basis: the review of the pipeline, or the fast track."""
    deal = subject.opportunity_of(context)
    variables = context.variables
    reviewer = variables.get("pursue_decided_by")
    deal = pursue.record(
        context.session,
        deal,
        "pursue",
        basis="pipeline" if reviewer else "fast_track",
        rationale=variables.get("pursue_rationale"),
        by=reviewer or subject.actor(context, deal),
        at=context.now,
        capacity_ok=variables.get("capacity_ok"),
        plan_alignment=variables.get("plan_alignment"),
    )
    return Done({"confirmed_at": deal.confirmed_at}, events=["opportunity.confirmed"])
