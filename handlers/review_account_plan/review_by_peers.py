"""Peer and expert review: six scores and a comment of one reviewer."""

from __future__ import annotations

from typing import Any

from crm import plan_reviews
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion


@handler("review_account_plan.review_by_peers")
@completion
def review_by_peers(context: TaskContext[Any]) -> Outcome:
    """The scores are the invited reviewer's, whoever writes them down."""
    review = plan_reviews.get(context.session, context.variables["review_id"])
    reviewer = context.variables["reviewer"]
    by = context.actor or reviewer
    plan_reviews.score(context.session, review, reviewer, context.form, context.form["comments"], by=by, at=context.now)
    return Done({})
