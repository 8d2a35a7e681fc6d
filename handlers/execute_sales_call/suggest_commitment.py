"""Commitment rule: keep what table D11 suggests."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, decisions
from handlers.shared.outcomes import automatic


@handler("execute_sales_call.suggest_commitment")
@automatic
def suggest_commitment(context: TaskContext[Any]) -> Outcome:
    """Writes the commitment to ask for to the call."""
    call, wanted = calls.call_of(context), decisions.decided(context, "suggested_commitment")
    changes = {"suggested_commitment": wanted}
    sales_calls.change(context.session, call, changes, by=calls.actor(context, call), at=context.now)
    return Done({"suggested_commitment": wanted})
