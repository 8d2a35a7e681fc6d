"""Approval rule: the plan goes into review, and table D06 has said which level decides."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_reviews
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, planner


@handler("review_account_plan.decide_reviewers")
@automatic
def decide_reviewers(context: TaskContext[Any]) -> Outcome:
    """Opens the review of the plan's present version."""
    plan = plan_of(context)
    by = planner(context, plan)
    moved = account_plans.move(context.session, plan, "in_review", by=by, at=context.now)
    review = plan_reviews.submit(context.session, moved, by=by, at=context.now)
    return Done({"review_id": review.id, "approval_level": decided(context, "approval_level")})
