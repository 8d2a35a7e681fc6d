"""Plan depth rule: keep the depth that table D10 gave."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, decisions
from handlers.shared.outcomes import automatic


@handler("plan_for_sales_call.rule_plan_depth")
@automatic
def rule_plan_depth(context: TaskContext[Any]) -> Outcome:
    """Writes light, standard or full to the call."""
    call, depth = calls.call_of(context), decisions.decided(context, "call_depth")
    sales_calls.change(context.session, call, {"depth": depth}, by=calls.actor(context, call), at=context.now)
    return Done({"call_depth": depth})
