"""Schedule review: when, and who of the peers and experts looks at the plan."""

from __future__ import annotations

from typing import Any

from crm import plan_reviews
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, planner


@handler("review_account_plan.schedule_review")
@completion
def schedule_review(context: TaskContext[Any]) -> Outcome:
    """The plan's owner is no reviewer of it."""
    plan = plan_of(context)
    reviewers = list(dict.fromkeys(context.form["reviewers"]))
    if plan.owner in reviewers:
        return Refuse({"reviewers": Sentence("Expected peers and experts, but the plan's owner is among them.")})
    review = plan_reviews.get(context.session, context.variables["review_id"])
    changes = {"review_date": context.form["review_date"], "reviewers": reviewers}
    plan_reviews.change(context.session, review, changes, by=planner(context, plan), at=context.now)
    return Done({"reviewers": reviewers})
