"""Analyse customer's business: what drives it, its initiatives, what must go right for it."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import kept_lists, plan_of


@handler("develop_account_plan.analyse_customer_business")
@completion
def analyse_customer_business(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan."""
    kept_lists(context, plan_of(context), "drivers", "initiatives", "customer_csf", "swot")
    return Done({})
