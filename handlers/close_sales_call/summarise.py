"""Summarise agreements: what both sides agree on, and what is open."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("agreed_points", "open_points", "customer_confirms")


@handler("close_sales_call.summarise")
@completion
def summarise(context: TaskContext[Any]) -> Outcome:
    """Writes both lists, and whether the customer confirmed them."""
    calls.keep(context, FIELDS)
    return Done({})
