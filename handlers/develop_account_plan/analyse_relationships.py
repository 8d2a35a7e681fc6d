"""Analyse relationships and competition: which relationships must get better, and where competitors stand."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import kept_lists, plan_of


@handler("develop_account_plan.analyse_relationships")
@completion
def analyse_relationships(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan."""
    kept_lists(context, plan_of(context), "relationship_goals", "competitor_positions")
    return Done({})
