"""End call: it was held, and ended now."""

from __future__ import annotations

from typing import Any

from crm import call_activities, sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("close_sales_call.end_call")
@automatic
def end_call(context: TaskContext[Any]) -> Outcome:
    """The activity of the opportunity is done as well."""
    call, at = calls.call_of(context), context.now
    by = calls.actor(context, call)
    held = sales_calls.move(context.session, call, "held", by=by, at=at, actual_end=at)
    call_activities.finish(context.session, held, held.commitment, by=by, at=at)
    return Done({"call_status": held.status, "call_held": True})
