"""Score: the ratings weighted, what knocks the deal out, and the probability to begin with."""

from __future__ import annotations

from typing import Any

from crm import accounts, assessment
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("assess_opportunity.score_assessment")
@automatic
def score_assessment(context: TaskContext[Any]) -> Outcome:
    """Sets assessment_score (0 to 100), knockout, delivery_risk and win_probability in percent."""
    deal = subject.opportunity_of(context)
    standing = accounts.by_id(context.session, deal.account_id).credit_standing
    ratings = {name: int(context.variables[name]) for name in assessment.CRITERIA}
    views = context.variables.get("expert_views") or []
    score = assessment.score(ratings, views)
    return Done(
        {
            "assessment_score": score,
            "knockout": assessment.knockout(ratings, views, standing),
            "delivery_risk": assessment.delivery_risk(views),
            "win_probability": subject.plain(assessment.baseline(context.session, deal, score)),
        }
    )
