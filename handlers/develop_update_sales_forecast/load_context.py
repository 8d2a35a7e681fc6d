"""Load opportunities and forecast: one opportunity, those of a customer, or all that a rep has open."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from crm import accounts, forecasts, users
from crm.opportunities import Opportunity
from crm.people import Directory
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.forecasting import CYCLE, FORECAST, SINGLE, quarter, standing
from handlers.shared.outcomes import loading

NOON = time(12)
TUESDAY, WEDNESDAY = 1, 2
WEEK = timedelta(days=7)


@handler("develop_update_sales_forecast.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """A caller says `single`; a full cycle is about the forecast of the quarter from here on."""
    kind, _number = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        return Done({**_one(context, subject.opportunity_of(context)), **_mode(context, SINGLE)})
    if kind == subject.ACCOUNT:
        customer = subject.account_of(context)
        found = forecasts.deals_with(context.session, customer.id)
        return Done({**_many(context, customer.owner, found), "account_name": customer.name, **_mode(context, SINGLE)})
    owner = _owner(context)
    there = forecasts.open_for(context.session, owner, quarter(context, owner), by=owner, at=context.now)
    found = forecasts.deals_of(context.session, owner)
    variables = {
        **_many(context, owner, found),
        **_mode(context, CYCLE),
        **_due(context, owner),
        "forecast_number": there.number,
        "record_name": f"{there.number} {there.period}",
    }
    return Done(variables, business_key=f"{FORECAST}:{there.number}")


def _owner(context: TaskContext[Any]) -> str:
    kind, number = subject.kind_and_number(context)
    if kind == FORECAST:
        return forecasts.get(context.session, number).owner
    if kind != subject.USER:
        raise subject.unknown(context, "a person, opportunity, account or forecast", "人员、商机、客户或预测")
    return users.get(context.session, number).login


def _mode(context: TaskContext[Any], usual: str) -> dict[str, Any]:
    given = context.variables.get("mode")
    return {"mode": given if given in (SINGLE, CYCLE) else usual, "manager_comment": None}


def _one(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    customer = accounts.by_id(context.session, deal.account_id)
    return {
        **subject.naming(deal, customer),
        **standing(context, deal),
        "many": False,
        "expected_close_date": deal.expected_close_date,
        "revenue_potential": deal.amount_base,
        "forecast_lines": [],
    }


def _many(context: TaskContext[Any], owner: str, deals: tuple[Opportunity, ...]) -> dict[str, Any]:
    first = standing(context, deals[0]) if deals else {"opp_status": "ended", "in_period": False, "win_probability": 0}
    lines = [
        {
            "number": deal.number,
            "name": deal.name,
            "probability": subject.plain(deal.win_probability),
            "close_date": deal.expected_close_date,
            "revenue": deal.amount_base,
            "comment": None,
        }
        for deal in deals
    ]
    return {**first, "owner": owner, "many": True, "forecast_lines": lines}


def _due(context: TaskContext[Any], owner: str) -> dict[str, Any]:
    """Tuesday and Wednesday noon of this week, or of the next one when Tuesday noon has passed."""
    calendar = Directory(context.session).calendar_of(owner)
    today = calendar.today(context.now)
    monday = today - timedelta(days=today.weekday())
    if calendar.at(monday + timedelta(days=TUESDAY), NOON) <= context.now:
        monday += WEEK
    return {
        "submit_by": calendar.at(monday + timedelta(days=TUESDAY), NOON),
        "carry_at": calendar.at(monday + timedelta(days=WEDNESDAY), NOON),
    }
