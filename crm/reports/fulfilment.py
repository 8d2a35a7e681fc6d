"""RP-11, order execution: shipped, invoiced and received of what was ordered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from crm import orders
from crm.orders import LineExecution
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
    """One line for each order entered by the end of the period; two queries, however many there are."""
    asked, at = scope.asked, sales_order.c
    entered = select(at.id).where(at.owner.in_(asked.people), at.ordered_on <= asked.last)
    lines = orders.executions(asked.connection, entered)
    query = (
        select(at.id, at.number, at.status, opportunity.c.outcome_date)
        .join(opportunity, opportunity.c.id == at.opportunity_id)
        .where(at.id.in_(entered))
        .order_by(at.number)
    )
    rows = tuple(
        (number, status, *_figures(lines.get(order, ())), (asked.now.date() - won).days if won else None)
        for order, number, status, won in asked.connection.execute(query)
    )
    return [Sheet(("Order execution", "订单执行"), HEADS, rows)]


def _figures(lines: Sequence[LineExecution]) -> tuple[object, ...]:
    ordered = sum((line.ordered for line in lines), Decimal(0))
    shipped = sum((line.shipped for line in lines), Decimal(0))
    invoiced = sum((line.invoiced for line in lines), Decimal(0))
    worth = sum((line.amount * line.invoiced / line.ordered for line in lines), Decimal(0))
    received = sum((line.received_amount for line in lines), Decimal(0))
    late = sum(1 for line in lines if line.late)
    return percent(shipped, ordered), percent(invoiced, shipped), percent(received, worth), late
