"""6 Set won: the deal is ours."""

from __future__ import annotations

from typing import Any

from crm import closing, quotes, reason_codes
from crm.kinds.words import REASON_KINDS
from crm.titles import named
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("opportunity_lifecycle_u8.set_won")
@automatic
def set_won(context: TaskContext[Any]) -> Outcome:
    """The amount is that of the accepted quote, else the one expected."""
    if not reason_codes.listing(context.session, "win"):
        text = "Expected reason codes to choose from (%(kind)s), but there are none. Enter some in the settings."
        return Fail(Sentence(text, kind=named(REASON_KINDS, "win")), retry=False)
    deal = subject.opportunity_of(context)
    quote = quotes.accepted(context.session, deal.id)
    settled = closing.settle(
        context.session,
        deal,
        "won",
        on=subject.today(context, deal.owner),
        actual_amount=quote.amount if quote else deal.amount_base,
        reason=context.variables["summary"],
        by=subject.actor(context, deal),
        at=context.now,
    )
    return Done({"status": settled.status}, events=["opportunity.won", "pipeline.changed"])
