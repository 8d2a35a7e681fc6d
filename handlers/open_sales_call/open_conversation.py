"""Introduce, state purpose and value, check time: how the conversation began."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("introductions_done", "purpose_stated", "value_for_customer", "time_confirmed", "agenda_answer")


@handler("open_sales_call.open_conversation")
@completion
def open_conversation(context: TaskContext[Any]) -> Outcome:
    """A customer who does not want to go on was met all the same: the call is in progress, and is closed next."""
    call, at = calls.call_of(context), context.now
    by = calls.actor(context, call)
    changes = {name: context.form.get(name) for name in FIELDS}
    if context.form["agenda_answer"] == "refused":
        call = sales_calls.move(context.session, call, "in_progress", by=by, at=at, **changes)
    else:
        call = sales_calls.change(context.session, call, changes, by=by, at=at)
    return Done({"call_status": call.status})
