"""Request appointment: the call is proposed, and one more request is counted."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("schedule_sales_call.request_appointment")
@automatic
def request_appointment(context: TaskContext[Any]) -> Outcome:
    """The first request of an agreement moves the call to proposed; a scheduled one loses its old time."""
    call = _requested(context, calls.call_of(context))
    return Done({"attempts": call.attempts, "call_status": call.status, "start_at": None, "answer": None})


def _requested(context: TaskContext[Any], call: SalesCall) -> SalesCall:
    by, at = calls.actor(context, call), context.now
    if call.status == "proposed":
        return sales_calls.change(context.session, call, {"attempts": call.attempts + 1}, by=by, at=at)
    return sales_calls.move(context.session, call, "proposed", by=by, at=at, attempts=1, start_at=None)
