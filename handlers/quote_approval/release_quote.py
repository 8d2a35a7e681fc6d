"""Release and send: the quote becomes a document of the opportunity and counts as sent."""

from __future__ import annotations

from typing import Any

from crm import accounts, documents, quote_document, quotes
from crm.defaults_data import BASE_CURRENCY
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import automatic
from handlers.shared.quotes import quote_of

KIND, MEDIA_TYPE = "proposal", "text/html"


@handler("quote_approval.release_quote")
@automatic
def release_quote(context: TaskContext[Any]) -> Outcome:
    """Each version leaves a document of its own; the owner is told to send it."""
    deal, quote = subject.opportunity_of(context), quote_of(context)
    by, at = subject.actor(context, deal), context.now
    customer = accounts.by_id(context.session, deal.account_id)
    page = quote_document.render(context.session, quote, deal, customer, BASE_CURRENCY)
    documents.add(context.session, deal.id, KIND, f"{quote.number}.html", MEDIA_TYPE, page, by=by, at=at)
    sent = quotes.move(context.session, quote, "sent", by=by, at=at, sent_at=at)
    deals.follow_stage(context, deal)
    text = Sentence(
        "The quote %(quote)s for %(number)s %(name)s is released: its document is ready for the customer.",
        quote=quote.number,
        number=deal.number,
        name=deal.name,
    )
    return Done({"quote_status": sent.status, "answer": None}, notices=[Notice(deal.owner, None, text)])
