"""Review Individual Pipeline & Key Customer Plans: keep the answer, whatever it is."""

from __future__ import annotations

from typing import Any

from crm import pursue, reason_codes
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("prioritize_opportunity.review_pipeline_and_plans")
@completion
def review_pipeline_and_plans(context: TaskContext[Any]) -> Outcome:
    """Logs No and Defer as pursue decisions; Pursue is recorded by the step of that name."""
    deal = subject.opportunity_of(context)
    by = subject.actor(context, deal)
    decision = context.form["pursue_decision"]
    reason = context.form.get("not_pursued_reason") if decision == "no" else None
    if reason is not None:
        reason_codes.get(context.session, "disqualify", reason)
    if decision != "pursue":
        pursue.record(
            context.session,
            deal,
            decision,
            basis="pipeline",
            rationale=context.form.get("pursue_rationale"),
            by=by,
            at=context.now,
            reason_code=reason,
            capacity_ok=context.form.get("capacity_ok"),
            plan_alignment=context.form.get("plan_alignment"),
        )
    return Done({"pursue_decided_by": by, "not_pursued_reason": reason, "return_to": None, "decision": None})
