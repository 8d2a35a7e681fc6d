"""Analyse causes: why objectives are off, kept as a review of the plan's results."""

from __future__ import annotations

from typing import Any

from crm import plan_reviews
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, planner


@handler("monitor_account_performance.analyse_causes")
@completion
def analyse_causes(context: TaskContext[Any]) -> Outcome:
    """Opens a review of the plan's present version for them."""
    plan = plan_of(context)
    by = planner(context, plan)
    review = plan_reviews.submit(context.session, plan, by=by, at=context.now)
    causes = {"causes": stored(context.form["causes"])}
    plan_reviews.change(context.session, review, causes, by=by, at=context.now)
    return Done({})
