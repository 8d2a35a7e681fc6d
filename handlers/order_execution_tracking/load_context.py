"""Load the order: which one is followed until it is executed."""

from __future__ import annotations

from typing import Any

from crm import accounts, opportunities
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.orders import order_of
from handlers.shared.outcomes import loading


@handler("order_execution_tracking.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Without an order there is nothing to follow: RECORD_NOT_FOUND."""
    order = order_of(context)
    deal = opportunities.by_id(context.session, order.opportunity_id)
    named = subject.naming(deal, accounts.by_id(context.session, deal.account_id))
    return Done({**named, "order_number": order.number, "record_name": f"{order.number} {deal.name}"})
