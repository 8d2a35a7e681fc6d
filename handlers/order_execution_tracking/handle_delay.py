"""Handle delay: why the line is late, whether the customer knows, and when the rest comes."""

from __future__ import annotations

from typing import Any

from crm import orders
from crm.errors import RecordNotFound
from crm.titles import both
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.orders import order_of
from handlers.shared.outcomes import completion


@handler("order_execution_tracking.handle_delay")
@completion
def handle_delay(context: TaskContext[Any]) -> Outcome:
    """Without a new day the line stays late, and is asked about again."""
    order, form = order_of(context), context.form
    wanted = context.variables.get("late_line_id")
    line = next((each for each in orders.execution(context.session, order.id) if each.id == wanted), None)
    if line is None:
        raise RecordNotFound(record=both(f"the late line of {order.number}", f"{order.number} 中延误的明细"))
    orders.postpone(
        context.session,
        line,
        form["cause"],
        form.get("new_date"),
        customer_informed=form["customer_informed"],
        by=context.actor or order.owner,
        at=context.now,
    )
    return Done({})
