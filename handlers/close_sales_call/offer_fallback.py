"""Offer minimum outcome: what was asked for instead, and whether it was accepted."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("fallback_asked", "fallback_accepted")


@handler("close_sales_call.offer_fallback")
@completion
def offer_fallback(context: TaskContext[Any]) -> Outcome:
    """A part of the commitment stays a part."""
    calls.keep(context, FIELDS)
    return Done({})
