"""Log opening: the call is in progress."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("open_sales_call.log_opening")
@automatic
def log_opening(context: TaskContext[Any]) -> Outcome:
    """Purpose and agenda are agreed."""
    call = calls.call_of(context)
    call = sales_calls.move(context.session, call, "in_progress", by=calls.actor(context, call), at=context.now)
    return Done({"call_status": call.status})
