"""Present value: what was said and shown, and the interest it raised."""

from __future__ import annotations

from typing import Any

from crm import call_notes, sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("execute_sales_call.present_value")
@completion
def present_value(context: TaskContext[Any]) -> Outcome:
    """The interest of the latest pass counts; messages that were planned are offered once."""
    call, form, at = calls.call_of(context), context.form, context.now
    by = calls.actor(context, call)
    for row in form.get("messages_used") or []:
        call_notes.add(context.session, call, "message", row["message"], by=by, at=at)
    for row in form.get("evidence_shown") or []:
        call_notes.add(context.session, call, "evidence", row["evidence"], by=by, at=at)
    sales_calls.change(context.session, call, {"interest": form["interest"]}, by=by, at=at)
    return Done({"planned_messages": []})
