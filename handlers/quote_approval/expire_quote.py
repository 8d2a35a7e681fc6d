"""Expire quote: it no longer holds, and the owner is told."""

from __future__ import annotations

from typing import Any

from crm import quotes
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.quotes import quote_of


@handler("quote_approval.expire_quote")
@automatic
def expire_quote(context: TaskContext[Any]) -> Outcome:
    """Nobody answered until the last day."""
    deal, quote = subject.opportunity_of(context), quote_of(context)
    quotes.move(context.session, quote, "expired", by=subject.actor(context, deal), at=context.now)
    text = Sentence(
        "The quote %(quote)s for %(number)s %(name)s has expired without an answer.",
        quote=quote.number,
        number=deal.number,
        name=deal.name,
    )
    return Done({"answer": "expired", "quote_status": "expired"}, notices=[Notice(deal.owner, None, text)])
