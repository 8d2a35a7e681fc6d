"""Record customer's answer: accepted, rejected, to be revised, or left to expire."""

from __future__ import annotations

from typing import Any

from crm import quotes
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import completion
from handlers.shared.quotes import quote_of

REVISE, DRAFT = "revise", "draft"


@handler("quote_approval.record_customer_answer")
@completion
def record_customer_answer(context: TaskContext[Any]) -> Outcome:
    """A revision makes the quote a draft again; its next version is prepared."""
    deal, quote, form = subject.opportunity_of(context), quote_of(context), context.form
    status = DRAFT if form["answer"] == REVISE else form["answer"]
    by, note = subject.actor(context, deal), form.get("note")
    moved = quotes.move(context.session, quote, status, by=by, at=context.now, customer_note=note)
    deals.follow_stage(context, deal)
    return Done({"quote_status": moved.status, "manager_comment": None, "counter_discount": None})
