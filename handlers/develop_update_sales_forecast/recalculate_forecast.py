"""Recalculate: the figures of the quarter from its lines, and snapshots of the pipeline."""

from __future__ import annotations

from typing import Any

from crm import forecasts
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.forecasting import quarter
from handlers.shared.outcomes import automatic


@handler("develop_update_sales_forecast.recalculate_forecast")
@automatic
def recalculate_forecast(context: TaskContext[Any]) -> Outcome:
    """A single update brings the owner's forecast along as well; one that is handed in already stays as it is."""
    owner = context.variables["owner"]
    by, at = context.actor or owner, context.now
    there = forecasts.open_for(context.session, owner, quarter(context, owner), by=by, at=at)
    if there.status == "open":
        there = forecasts.recalculate(context.session, there, by=by, at=at)
    variables = {
        "forecast_number": there.number,
        "commit_lines": there.commit_lines,
        "best_case_lines": there.best_case_lines,
        "moved_pct": there.moved_pct,
    }
    return Done(variables, events=["pipeline.changed"])
