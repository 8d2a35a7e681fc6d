"""Enter opportunity order: from the accepted quote where there is one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import orders, products, quotes
from crm.orders import NewLine
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans, sales_module, subject
from handlers.shared.outcomes import completion

FIELD = "order_lines"


@handler("close_opportunity.enter_order")
@completion
def enter_order(context: TaskContext[Any]) -> Outcome:
    """Adds the order with its lines; refused while the sales module is off."""
    if not sales_module.is_on(context):
        return Refuse({"": sales_module.refusal().message})
    rows, deal = plans.rows(context, FIELD), subject.opportunity_of(context)
    none = {
        f"{FIELD}.{index}.qty": Sentence("Expected a quantity above 0.")
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
