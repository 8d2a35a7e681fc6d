"""Load call: the one to be written up, and how large its opportunity is."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading


@handler("document_sales_call_results.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Coaching is for large opportunities, so that the band is asked for here."""
    call = calls.call_of(context)
    deal = calls.deal_of(context, call)
    return Done(
        {
            **calls.naming(context, call),
            "deal_band": calls.deal_band(context, call),
            "opportunity": deal.business_key if deal else None,
            "call_outcome": None,
            "forecast_changed": False,
            "coaching_needed": False,
        }
    )
