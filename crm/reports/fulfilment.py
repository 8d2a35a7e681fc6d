"""RP-11, order execution: shipped, invoiced and received of what was ordered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from crm import orders
from crm.orders import Order
from crm.records import columns, every
from crm.reports.frame import Names, Scope, Sheet, percent
from crm.tables import opportunity, sales_order

HEADS: tuple[Names, ...] = (
    ("Order", "订单"),
    ("Status", "状态"),
    ("Shipped, %", "发货率（%）"),
    ("Invoiced of shipped, %", "开票率（%）"),
    ("Received of invoiced, %", "收款率（%）"),
    ("Late lines", "延误明细"),
    ("Days since won", "赢单后天数"),
)


def execution(scope: Scope) -> list[Sheet]:
    """One line for each order entered by the end of the period."""
    at = sales_order.c
    query = select(*columns(sales_order, Order)).where(
        at.owner.in_(scope.asked.people), at.ordered_on <= scope.asked.last
    )
    found = every(scope.asked.connection, Order, query.order_by(at.number))
    return [Sheet(("Order execution", "订单执行"), HEADS, tuple(_row(scope, one) for one in found))]


def _row(scope: Scope, order: Order) -> tuple[object, ...]:
    lines = orders.execution(scope.asked.connection, order.id)
    ordered = sum((line.ordered for line in lines), Decimal(0))
    shipped = sum((line.shipped for line in lines), Decimal(0))
    invoiced = sum((line.invoiced for line in lines), Decimal(0))
    worth = sum((line.amount * line.invoiced / line.ordered for line in lines), Decimal(0))
    received = sum((line.received_amount for line in lines), Decimal(0))
    late = sum(1 for line in lines if line.late)
    shares = (percent(shipped, ordered), percent(invoiced, shipped), percent(received, worth))
    return (order.number, order.status, *shares, late, _days_since_won(scope, order))


def _days_since_won(scope: Scope, order: Order) -> int | None:
    query = select(opportunity.c.outcome_date).where(opportunity.c.id == order.opportunity_id)
    won: date | None = scope.asked.connection.execute(query).scalar_one()
    return (scope.asked.now.date() - won).days if won else None
