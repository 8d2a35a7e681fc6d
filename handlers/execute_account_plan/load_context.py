"""Load account plan: the plan in force, its account, and who stands above its owner."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import loading
from handlers.shared.planning import account_of, plan_in_force, plan_naming


@handler("execute_account_plan.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Only a plan that is approved or in force can be put to work."""
    plan = plan_in_force(context)
    manager = users.get(context.session, plan.owner).manager
    variables: dict[str, Any] = {
        "manager": manager,
        "review_due": False,
        "plan_health": None,
        "review_reason": None,
        "actions": [],
        "trigger_event": "none",
    }
    return Done({**plan_naming(plan, account_of(context, plan)), **variables})
