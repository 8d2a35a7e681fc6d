"""Entering the order of a won opportunity: its lines, from the accepted quote where there is one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import orders, products, quotes
from crm.opportunities import Opportunity
from crm.orders import NewLine
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext
from handlers.shared import plans, sales_module, subject


def quoted(context: TaskContext[Any], deal: Opportunity) -> list[dict[str, Any]]:
    """The lines of the accepted quote, for the form of an order to begin with."""
    quote = quotes.accepted(context.session, deal.id)
    return [
        {
            "product": products.key_of(context.session, line.product_id),
            "qty": subject.plain(line.qty),
            "price": line.list_price,
            "discount": subject.plain(line.discount_pct),
            "delivery_date": None,
        }
        for line in (quotes.lines(context.session, quote.id) if quote else ())
    ]


def enter(context: TaskContext[Any], field: str) -> Outcome:
    """Adds the order with the lines in a field of the form; refused while the sales module is off."""
    if not sales_module.is_on(context):
        return Refuse({"": sales_module.refusal().message})
    rows, deal = plans.rows(context, field), subject.opportunity_of(context)
    none = {
        f"{field}.{index}.qty": Sentence("Expected a quantity above 0.")
        for index, row in enumerate(rows)
        if not row["qty"]
    }
    if none:
        return Refuse(none)
    quote = quotes.accepted(context.session, deal.id)
    order = orders.enter(
        context.session,
        deal,
        [_line(context, row) for row in rows],
        ordered_on=subject.today(context, deal.owner),
        quote_id=quote.id if quote else None,
        order_no=context.form.get("order_no"),
        by=subject.actor(context, deal),
        at=context.now,
    )
    return Done({"order_number": order.number})


def _line(context: TaskContext[Any], row: dict[str, Any]) -> NewLine:
    return NewLine(
        products.id_of(context.session, row["product"]),
        Decimal(row["qty"]),
        Decimal(row["price"]),
        Decimal(row.get("discount") or 0),
        row["delivery_date"],
    )
