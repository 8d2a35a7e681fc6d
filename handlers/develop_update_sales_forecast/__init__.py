"""The steps of 3.2.3.1.2 Develop/Update Sales Forecast, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.develop_update_sales_forecast import (
    carry_forecast,
    categorize_line,
    load_context,
    publish_forecast,
    recalculate_forecast,
    reconcile_with_target,
    review_forecast,
    submit_forecast,
    update_opportunity_forecast,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    update_opportunity_forecast.update_opportunity_forecast,
    categorize_line.categorize_line,
    recalculate_forecast.recalculate_forecast,
    submit_forecast.submit_forecast,
    carry_forecast.carry_forecast,
    review_forecast.review_forecast,
    reconcile_with_target.reconcile_with_target,
    publish_forecast.publish_forecast,
)
