"""Update probability, close date, revenue: the figures of one opportunity, or of each in the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import forecasts, opportunities, pipeline
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.forecasting import standing
from handlers.shared.outcomes import completion


@handler("develop_update_sales_forecast.update_opportunity_forecast")
@completion
def update_opportunity_forecast(context: TaskContext[Any]) -> Outcome:
    """Probability and close date change the opportunity too; the revenue potential stays with the line."""
    if context.variables.get("many"):
        for row in context.form["forecast_lines"]:
            _keep(context, opportunities.get(context.session, row["number"]), row)
        return Done({"forecast_lines": context.form["forecast_lines"]})
    form, deal = context.form, subject.opportunity_of(context)
    row = {
        "probability": form["win_probability"],
        "close_date": form["expected_close_date"],
        "revenue": form["revenue_potential"],
        "comment": form.get("forecast_comment"),
    }
    changed, line_id = _keep(context, deal, row)
    return Done({"forecast_line_id": line_id, **standing(context, changed)})


def _keep(context: TaskContext[Any], deal: Opportunity, row: Mapping[str, Any]) -> tuple[Opportunity, int]:
    by, at = subject.actor(context, deal), context.now
    changes = {"win_probability": row["probability"], "expected_close_date": row["close_date"]}
    changed = pipeline.update_profile(context.session, deal, changes, by=by, at=at)
    line_id = forecasts.set_line(
        context.session,
        changed,
        probability=row["probability"],
        close_date=row["close_date"],
        revenue_potential=row["revenue"],
        comment=row.get("comment"),
        by=by,
        at=at,
    )
    return changed, line_id
