"""Submit forecast: the rep commits to a figure and names the best case and the risks."""

from __future__ import annotations

from typing import Any

from crm import forecasts
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.forecasting import forecast_of
from handlers.shared.outcomes import completion


@handler("develop_update_sales_forecast.submit_forecast")
@completion
def submit_forecast(context: TaskContext[Any]) -> Outcome:
    """The best case is never below the commit."""
    form, there = context.form, forecast_of(context)
    if form["best_case"] < form["commit_amount"]:
        text = "Expected a best case of at least the commit, %(commit)s, but got %(value)s."
        return Refuse({"best_case": Sentence(text, commit=form["commit_amount"], value=form["best_case"])})
    by, at = context.actor or there.owner, context.now
    forecasts.submit(context.session, there, form["commit_amount"], form["best_case"], form.get("risks"), by=by, at=at)
    return Done({"manager_comment": None})
