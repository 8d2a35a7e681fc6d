"""Publish: this version is locked, and reports go by it."""

from __future__ import annotations

from typing import Any

from crm import forecasts
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.forecasting import forecast_of
from handlers.shared.outcomes import automatic


@handler("develop_update_sales_forecast.publish_forecast")
@automatic
def publish_forecast(context: TaskContext[Any]) -> Outcome:
    """The next cycle begins with a new version."""
    there, at = forecast_of(context), context.now
    by = context.actor or there.owner
    published = forecasts.move(context.session, there, "published", by=by, at=at, published_at=at)
    text = Sentence("The forecast %(number)s is published.", number=published.number)
    return Done({}, events=["forecast.published"], notices=[Notice(there.owner, None, text)])
