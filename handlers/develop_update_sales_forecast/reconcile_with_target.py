"""Reconcile with Target Sales Plan: what closes the gap, and whether the forecast is published."""

from __future__ import annotations

from typing import Any

from crm import forecasts, rows
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.forecasting import forecast_of
from handlers.shared.outcomes import completion


@handler("develop_update_sales_forecast.reconcile_with_target")
@completion
def reconcile_with_target(context: TaskContext[Any]) -> Outcome:
    """A forecast that is not published is open again."""
    form, there = context.form, forecast_of(context)
    by, at = context.actor or there.owner, context.now
    changed = forecasts.change(
        context.session, there, {"gap_actions": rows.stored(form.get("gap_actions") or [])}, by=by, at=at
    )
    if not form["publish"]:
        forecasts.move(context.session, changed, "open", by=by, at=at)
    return Done({})
