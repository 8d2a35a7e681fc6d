"""Close call record: nothing more is expected of this call."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Message, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("follow_up_on_sales_call.close_call_record")
@automatic
def close_call_record(context: TaskContext[Any]) -> Outcome:
    """Where another call comes first, the plan of the opportunity learns the customer's answer by a message."""
    call = calls.call_of(context)
    closed = sales_calls.move(context.session, call, "closed", by=calls.actor(context, call), at=context.now)
    messages = []
    deal = calls.deal_of(context, call)
    if deal is not None and context.variables.get("also_update_plan"):
        payload = {"customer_response": call.summary, "sales_call": call.number}
        messages = [Message("customer.responded", deal.business_key, payload)]
    return Done({"call_status": closed.status}, messages=messages)
