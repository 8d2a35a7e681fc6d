"""Collect actuals: what each objective has reached, and how far the plan is for the time that has passed."""

from __future__ import annotations

from typing import Any

from crm import forecasts, plan_actuals
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, planner


@handler("monitor_account_performance.collect_actuals")
@automatic
def collect_actuals(context: TaskContext[Any]) -> Outcome:
    """Sets attainment_pct, an input of table D08, and whether there is a pipeline to forecast."""
    plan = plan_of(context)
    today, by = subject.today(context, plan.owner), planner(context, plan)
    attained = plan_actuals.collect(context.session, plan, today, by=by, at=context.now)
    pipeline = forecasts.deals_with(context.session, plan.account_id)
    return Done({"attainment_pct": attained, "has_pipeline": bool(pipeline)})
