"""Review and adjust: the manager accepts the forecast, perhaps adjusted, or sends it back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import forecasts
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.forecasting import forecast_of
from handlers.shared.outcomes import completion


@handler("develop_update_sales_forecast.review_forecast")
@completion
def review_forecast(context: TaskContext[Any]) -> Outcome:
    """The manager's amount is the commit with the adjustment; the owner hears of either answer."""
    form, there = context.form, forecast_of(context)
    by, at = context.actor or there.owner, context.now
    if form["decision"] != "approve":
        forecasts.move(context.session, there, "open", by=by, at=at)
        text = Sentence("The forecast %(number)s was sent back.", number=there.number)
        return Done({"manager_comment": form.get("comment")}, notices=[Notice(there.owner, None, text)])
    adjustment = form.get("adjustment") or Decimal(0)
    forecasts.move(
        context.session,
        there,
        "approved",
        by=by,
        at=at,
        adjustment=adjustment,
        adjustment_reason=form.get("adjustment_reason"),
        manager_amount=(there.commit_amount or Decimal(0)) + adjustment,
    )
    text = Sentence("The forecast %(number)s was accepted.", number=there.number)
    return Done({"manager_comment": None}, notices=[Notice(there.owner, None, text)])
