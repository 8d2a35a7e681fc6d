"""Record result: what was decided, in the review and in the plan's state."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_reviews
from crm.account_plans import AccountPlan
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, planner

APPROVED, REWORK, REJECTED = "approved", "rework", "rejected"


@handler("review_account_plan.record_review")
@automatic
def record_review(context: TaskContext[Any]) -> Outcome:
    """Approved, back to draft, or retired; a revision that is approved is in force again at once."""
    plan, result = plan_of(context), _result(context)
    by = planner(context, plan)
    review = plan_reviews.get(context.session, context.variables["review_id"])
    settled = {"result": result, "decided_at": context.now, "decided_by": context.variables.get("decided_by")}
    plan_reviews.change(context.session, review, settled, by=by, at=context.now)
    _move(context, plan, result, by)
    return Done({"review_result": result}, events=["plan.approved"] if result == APPROVED else [])


def _result(context: TaskContext[Any]) -> str:
    if context.variables["decision"] == "approve":
        return APPROVED
    return REJECTED if context.variables.get("reject_kind") == "stop" else REWORK


def _move(context: TaskContext[Any], plan: AccountPlan, result: str, by: str) -> None:
    session, at = context.session, context.now
    if result == APPROVED:
        approved = account_plans.move(session, plan, "approved", by=by, at=at, approved_at=at)
        if plan.approved_at is not None:
            account_plans.move(session, approved, "active", by=by, at=at)
    elif result == REWORK:
        reworked = account_plans.move(session, plan, "rework", by=by, at=at)
        account_plans.move(session, reworked, "draft", by=by, at=at)
    else:
        reason = context.variables.get("comment")
        account_plans.move(session, plan, "retired", by=by, at=at, ended_reason=reason)
