"""Load account plan: its account's tier, its budget, and how deep it is."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import loading
from handlers.shared.planning import SHORT, account_of, plan_naming, plan_of


@handler("review_account_plan.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Without a tier the smallest counts; without a depth the plan is a short one."""
    plan = plan_of(context)
    customer = account_of(context, plan)
    variables: dict[str, Any] = {
        "tier": customer.tier or "OPPORTUNISTIC",
        "plan_budget": plan.budget or 0,
        "plan_depth": plan.depth or SHORT,
        "reviewers": [],
        "changes": [],
        "with_changes": False,
        "review_result": None,
    }
    return Done({**plan_naming(plan, customer), **variables})
