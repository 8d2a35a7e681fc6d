"""Approval rule: sends the quote into approval, or approves it within the rep's own authority."""

from __future__ import annotations

from typing import Any

from crm import quotes
from engine.contract import Done, Outcome, Sentence, TaskContext, Warn, handler
from handlers.shared import subject
from handlers.shared.decisions import output
from handlers.shared.outcomes import automatic
from handlers.shared.quotes import quote_of

MARGIN_CHECK = 3


@handler("quote_approval.route_quote")
@automatic
def route_quote(context: TaskContext[Any]) -> Outcome:
    """Level 3 also asks operations to check the margin (D22)."""
    deal, quote = subject.opportunity_of(context), quote_of(context)
    level = int(output(context.result, "approval_level"))
    status, by = "in_approval" if level else "approved", subject.actor(context, deal)
    moved = quotes.move(context.session, quote, status, by=by, at=context.now)
    if level < MARGIN_CHECK:
        return Done({})
    values = {"quote": moved.number, "number": deal.number, "name": deal.name}
    warning = Warn(
        "ops",
        Sentence("Check the margin of %(quote)s", **values),
        Sentence("%(quote)s for %(number)s %(name)s has a discount above 25 %%. Check its margin.", **values),
    )
    return Done({}, warnings=[warning])
