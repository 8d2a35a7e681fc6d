"""Forecast category: what table D21 says of each line, kept with the line and its opportunity."""

from __future__ import annotations

from typing import Any

from crm import forecasts, opportunities
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.forecasting import standing
from handlers.shared.outcomes import automatic

DECISION = "forecast_category"


@handler("develop_update_sales_forecast.categorize_line", decisions=(DECISION,))
@automatic
def categorize_line(context: TaskContext[Any]) -> Outcome:
    """The drawing asks about one opportunity; where there are several, each is asked about here."""
    if not context.variables.get("many"):
        deal = subject.opportunity_of(context)
        _keep(context, deal, output(context.result, DECISION))
        return Done({})
    for row in context.variables["forecast_lines"]:
        deal = opportunities.get(context.session, row["number"])
        _keep(context, deal, output(ask(context, DECISION, standing(context, deal)), DECISION))
    return Done({})


def _keep(context: TaskContext[Any], deal: Opportunity, category: str) -> None:
    by, at = subject.actor(context, deal), context.now
    forecasts.categorize(context.session, deal, category, by=by, at=at)
    if deal.forecast_category != category:
        opportunities.change(context.session, deal, {"forecast_category": category}, by=by, at=at)
