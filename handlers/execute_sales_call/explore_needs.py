"""Explore situation and needs: what the customer said, and what of it the opportunity lacks."""

from __future__ import annotations

from typing import Any

from crm import call_notes, opportunities
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("execute_sales_call.explore_needs")
@completion
def explore_needs(context: TaskContext[Any]) -> Outcome:
    """Every need is a note; those that the customer confirmed are added to the needs of the opportunity."""
    call = calls.call_of(context)
    by, rows = calls.actor(context, call), context.form["needs"]
    for row in rows:
        detail = {"impact": row.get("impact"), "priority": row["priority"]}
        confirmed = bool(row.get("confirmed_by_customer"))
        call_notes.add(
            context.session, call, "need", row["need"], by=by, at=context.now, detail=detail, confirmed=confirmed
        )
    _add_to_opportunity(context, call, [row["need"] for row in rows if row.get("confirmed_by_customer")], by)
    return Done({})


def _add_to_opportunity(context: TaskContext[Any], call: SalesCall, needs: list[str], by: str) -> None:
    deal = calls.deal_of(context, call)
    if deal is None:
        return
    known = (deal.need or "").splitlines()
    added = [need for need in dict.fromkeys(needs) if need not in known]
    if added:
        changes = {"need": "\n".join([*known, *added])}
        opportunities.change(context.session, deal, changes, by=by, at=context.now)
