"""Hold review meeting: what was said and agreed, and the mean of the scores."""

from __future__ import annotations

from typing import Any

from crm import plan_reviews
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, planner


@handler("review_account_plan.hold_review")
@completion
def hold_review(context: TaskContext[Any]) -> Outcome:
    """Without any score there is no quality score."""
    review = plan_reviews.get(context.session, context.variables["review_id"])
    quality = plan_reviews.quality_of(plan_reviews.scores(context.session, review.id))
    agreed = stored(context.form.get("changes") or [])
    changes = {"minutes": context.form["minutes"], "changes": agreed, "quality_score": quality}
    by = planner(context, plan_of(context))
    plan_reviews.change(context.session, review, changes, by=by, at=context.now)
    return Done({"quality_score": quality, "changes": agreed})
