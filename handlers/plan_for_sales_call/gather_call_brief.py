"""Gather call brief: what is worth knowing, kept with the call."""

from __future__ import annotations

from typing import Any

from crm import call_brief, sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("plan_for_sales_call.gather_call_brief")
@automatic
def gather_call_brief(context: TaskContext[Any]) -> Outcome:
    """Account news, last calls, open follow-ups, people, and where the opportunity stands."""
    call = calls.call_of(context)
    brief = call_brief.gather(context.session, call, calls.deal_of(context, call))
    sales_calls.change(context.session, call, {"brief": brief}, by=calls.actor(context, call), at=context.now)
    return Done({})
