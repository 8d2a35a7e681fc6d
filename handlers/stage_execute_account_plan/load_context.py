"""Load account plan: the plan in force."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import loading
from handlers.shared.planning import account_of, plan_in_force, plan_naming


@handler("stage_execute_account_plan.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Names the plan for the flow that follows."""
    plan = plan_in_force(context)
    return Done(plan_naming(plan, account_of(context, plan)))
