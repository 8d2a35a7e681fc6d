"""Bring in an expert: the answer to the open concern, and what the expert will come back to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import call_follow_ups, call_notes
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import completion

COMES_BACK_WITHIN = timedelta(days=7)


@handler("execute_sales_call.bring_expert")
@completion
def bring_expert(context: TaskContext[Any]) -> Outcome:
    """An answer that settles it settles every open concern; what is left becomes a follow-up of the expert."""
    form, call, at = context.form, calls.call_of(context), context.now
    by = calls.actor(context, call)
    concerns = [note.text for note in call_notes.listing(context.session, call.id, "concern") if note.resolved is False]
    call_notes.add(context.session, call, "expert_answer", form["answer"], by=by, at=at)
    if form["resolved"]:
        call_notes.settle_concerns(context.session, call, by=by, at=at)
    if form.get("follow_up"):
        due = subject.today(context, by) + COMES_BACK_WITHIN
        call_follow_ups.agree(
            context.session, call, "; ".join(concerns), call_follow_ups.US, due, by=by, at=at, owner=by
        )
    return Done({"open_concerns": call_notes.open_concerns(context.session, call.id)})
