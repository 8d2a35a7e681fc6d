"""What the steps of the forecast share: whose it is, of which quarter, and how a deal stands for table D21."""

from __future__ import annotations

from typing import Any

from crm import forecasts, periods
from crm.errors import RecordNotFound
from crm.forecasts import Forecast
from crm.opportunities import Opportunity
from crm.titles import both
from engine.contract import TaskContext
from handlers.shared import subject

FORECAST = "forecast"
SINGLE, CYCLE = "single", "cycle"
WON = ("won", "closed")


def forecast_of(context: TaskContext[Any]) -> Forecast:
    """The forecast of the process; raises `RecordNotFound`."""
    number = context.variables.get("forecast_number")
    if not number:
        raise RecordNotFound(record=both("the forecast", "预测"))
    return forecasts.get(context.session, str(number))


def quarter(context: TaskContext[Any], owner: str) -> str:
    """The quarter that the owner is in."""
    return periods.quarter(subject.today(context, owner))


def standing(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    """The inputs of table D21 about a deal."""
    status = "active" if deal.status == "active" else "pended" if deal.status == "pended" else "ended"
    in_period = deal.expected_close_date is not None and periods.quarter(deal.expected_close_date) == quarter(
        context, deal.owner
    )
    return {
        "opp_status": "won" if deal.status in WON else status,
        "in_period": in_period,
        "win_probability": subject.plain(deal.win_probability) or 0,
    }
