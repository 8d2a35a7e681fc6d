"""Prepare quote: products, quantities and discounts; a price that is left open is taken from the price list."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crm import products, quotes
from crm.errors import InvalidValue
from crm.quotes import QuoteLine
from crm.titles import NOTHING, both
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion
from handlers.shared.quotes import quote_of

TERMS = ("valid_until", "payment_terms", "non_standard_terms", "justification")


@handler("quote_approval.prepare_quote")
@completion
def prepare_quote(context: TaskContext[Any]) -> Outcome:
    """Writes the quote, or its next version after a refusal or a wish of the customer."""
    deal, form = subject.opportunity_of(context), context.form
    there = quote_of(context) if context.variables.get("quote_number") else None
    lines = [_line(context, row) for row in form["lines"]]
    terms = {name: form.get(name) for name in TERMS}
    by = subject.actor(context, deal)
    kept = quotes.prepare(context.session, deal, there, lines, by=by, at=context.now, **terms)
    return Done({"quote_number": kept.number, "quote_lines": form["lines"]})


def _line(context: TaskContext[Any], row: Mapping[str, Any]) -> QuoteLine:
    product_id = products.id_of(context.session, row["product"])
    price = row.get("list_price")
    if price is None:
        price = products.list_price(context.session, product_id, context.now.date())
    if price is None:
        name = products.name_of(context.session, product_id)
        expected = both("a list price, as no price list in force has one", "标价（有效价目表中没有）")
        raise InvalidValue(expected=expected, field="lines", record=name, value=NOTHING)
    return QuoteLine(product_id, Decimal(row["qty"]), Decimal(price), Decimal(row.get("discount_pct") or 0))
