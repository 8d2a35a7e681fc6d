"""Total and margin: adds up the quote and finds its amount band."""

from __future__ import annotations

from typing import Any

from crm import quotes
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import automatic
from handlers.shared.quotes import quote_of


@handler("quote_approval.price_quote", decisions=("amount_band",))
@automatic
def price_quote(context: TaskContext[Any]) -> Outcome:
    """Keeps amount, weighted discount and margin; the margin stays with the record, which hides it from some."""
    deal = subject.opportunity_of(context)
    priced = quotes.price(context.session, quote_of(context), by=subject.actor(context, deal), at=context.now)
    variables = {
        "quote_amount": priced.amount,
        "discount_pct": subject.plain(priced.discount_pct),
        "amount_band": deals.band_of(context, priced.amount),
    }
    return Done(variables)
