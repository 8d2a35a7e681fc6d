"""Apply updates: contacts, opportunity and competitors learn what the report says."""

from __future__ import annotations

from typing import Any

from crm import call_report
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("document_sales_call_results.apply_updates")
@automatic
def apply_updates(context: TaskContext[Any]) -> Outcome:
    """The forecast has to follow where amount, probability or close date changed."""
    call, at, given = calls.call_of(context), context.now, context.variables
    by, session = calls.actor(context, call), context.session
    call_report.add_contacts(session, call, given.get("new_contacts") or [], by=by, at=at)
    news = [
        {"number": calls.numbers([row["competitor"]])[0], "news": row["news"]}
        for row in given.get("competitor_news") or []
    ]
    call_report.note_competitors(session, call, news, by=by, at=at)
    deal = calls.deal_of(context, call)
    updates = given.get("opportunity_updates") or []
    changed = call_report.update_opportunity(session, deal, updates, by=by, at=at) if deal else frozenset()
    in_forecast = deal is not None and deal.status == "active" and bool(changed & call_report.FORECAST_FIELDS)
    return Done({"forecast_changed": in_forecast}, events=["pipeline.changed"] if in_forecast else [])
