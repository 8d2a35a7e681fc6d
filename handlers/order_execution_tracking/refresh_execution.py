"""Refresh execution: what is shipped, invoiced and paid, and whether something is late."""

from __future__ import annotations

from typing import Any

from crm import orders
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.orders import order_of
from handlers.shared.outcomes import automatic

RUNNING = "open"
OF_ORDER = {"entered": RUNNING, "partial": "partial", "complete": "complete", "cancelled": "cancelled"}


@handler("order_execution_tracking.refresh_execution")
@automatic
def refresh_execution(context: TaskContext[Any]) -> Outcome:
    """One late line at a time is asked about: the first of them."""
    order = order_of(context)
    today = subject.today(context, order.owner)
    fresh = orders.refresh(context.session, order, today, by=context.actor or order.owner, at=context.now)
    late = [line for line in orders.execution(context.session, order.id) if line.late]
    variables = {
        "execution_state": OF_ORDER[fresh.status],
        "is_late": bool(late),
        "late_line": late[0].product if late else None,
        "late_line_id": late[0].id if late else None,
    }
    return Done(variables)
