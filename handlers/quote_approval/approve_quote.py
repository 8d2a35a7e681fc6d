"""Approve quote: an approval may be released; a refusal goes back with a comment and perhaps another discount."""

from __future__ import annotations

from typing import Any

from crm import quotes
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion
from handlers.shared.quotes import quote_of


@handler("quote_approval.approve_quote")
@completion
def approve_quote(context: TaskContext[Any]) -> Outcome:
    """The owner hears of either answer."""
    deal, quote = subject.opportunity_of(context), quote_of(context)
    by, at, form = subject.actor(context, deal), context.now, context.form
    values = {"quote": quote.number, "number": deal.number, "name": deal.name}
    if form["decision"] == "approve":
        quotes.move(context.session, quote, "approved", by=by, at=at)
        text = Sentence("The quote %(quote)s for %(number)s %(name)s was approved.", **values)
        return Done({"manager_comment": None}, notices=[Notice(deal.owner, None, text)])
    counter = form.get("counter_discount")
    quotes.move(context.session, quote, "draft", by=by, at=at, counter_discount=counter)
    text = Sentence("The quote %(quote)s for %(number)s %(name)s was refused; prepare it anew.", **values)
    variables = {"manager_comment": form.get("comment"), "counter_discount": counter}
    return Done(variables, notices=[Notice(deal.owner, None, text)])
