"""The order that a step is about: the instance's own, the one a caller names, else the newest of the opportunity."""

from __future__ import annotations

from typing import Any

from crm import orders
from crm.errors import RecordNotFound
from crm.orders import Order
from crm.titles import both
from engine.contract import TaskContext
from handlers.shared import subject

ORDER = "order"


def order_of(context: TaskContext[Any]) -> Order:
    """The order; raises `RecordNotFound`."""
    kind, number = subject.kind_and_number(context)
    if kind == ORDER:
        return orders.get(context.session, number)
    if named := context.variables.get("order_number"):
        return orders.get(context.session, str(named))
    found = orders.latest(context.session, subject.opportunity_of(context).id)
    if found is None:
        raise RecordNotFound(record=both(f"the order of {number}", f"{number} 的订单"))
    return found
