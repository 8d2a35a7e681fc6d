"""Record customer's answer: a time that is agreed, other times, or no."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("schedule_sales_call.record_answer")
@completion
def record_answer(context: TaskContext[Any]) -> Outcome:
    """An agreed time and other times must be to come; other times are proposed in place of the old ones."""
    form, answer = context.form, context.form["answer"]
    if answer == "confirmed" and calls.in_past(context, form.get("agreed_time")):
        return Refuse({"agreed_time": Sentence("Expected a time that is still to come.")})
    if answer == "other_time":
        rows = form.get("proposed_times") or []
        if not rows:
            return Refuse({"proposed_times": Sentence("Expected at least one time to propose.")})
        if errors := calls.past_times(context, rows, "proposed_times"):
            return Refuse(errors)
        call = calls.call_of(context)
        changes = {"proposed_times": calls.iso(rows)}
        sales_calls.change(context.session, call, changes, by=calls.actor(context, call), at=context.now)
    return Done({"agreed_time": form.get("agreed_time")})
