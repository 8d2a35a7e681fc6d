"""Save assessment: the evaluation is kept for good, and the opportunity counts as assessed."""

from __future__ import annotations

from typing import Any

from crm import assessment
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic

ANSWERS = (
    *assessment.CRITERIA,
    *(f"{name}_evidence" for name in assessment.CRITERIA),
    "max_discount_pct",
    "non_standard_terms",
    "expert_views",
    "credit_standing",
    "assessment_score",
    "knockout",
    "win_probability",
    "recommendation",
    "final_recommendation",
    "override_reason",
    "conditions",
)


@handler("assess_opportunity.save_assessment")
@automatic
def save_assessment(context: TaskContext[Any]) -> Outcome:
    """An opportunity that is assessed or active already keeps its status and figures."""
    deal = subject.opportunity_of(context)
    answers = {name: context.variables.get(name) for name in ANSWERS}
    saved = assessment.save(context.session, deal, answers, by=subject.actor(context, deal), at=context.now)
    return Done({"status": saved.status, "stage": saved.stage})
