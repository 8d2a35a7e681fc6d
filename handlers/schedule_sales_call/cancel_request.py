"""Cancel request: the call ends with its reason."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("schedule_sales_call.cancel_request")
@automatic
def cancel_request(context: TaskContext[Any]) -> Outcome:
    """The reason is the customer's no, the colleagues' agreement, or three requests without an answer."""
    call = calls.call_of(context)
    if context.variables.get("answer") == "declined":
        reason = "declined"
    else:
        reason = "coordination" if context.variables.get("coordination") == "cancel" else "no_answer"
    by = calls.actor(context, call)
    sales_calls.move(context.session, call, "cancelled", by=by, at=context.now, cancel_reason=reason)
    return Done({"call_status": "cancelled"})
