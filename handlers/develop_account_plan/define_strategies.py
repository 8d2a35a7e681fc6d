"""Define strategies: how each objective is to be reached, and why that way."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import kept_lists, plan_of


@handler("develop_account_plan.define_strategies")
@completion
def define_strategies(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan."""
    kept_lists(context, plan_of(context), "strategies")
    return Done({})
