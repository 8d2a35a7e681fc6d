"""Quotes: prepared, priced, approved, sent and answered (SU-3 Quote Approval)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import products, records, states
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.tables import quote, quote_line
from crm.titles import NOTHING, both

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
OPEN = ("draft", "in_approval", "approved", "sent")


@dataclass(frozen=True)
class QuoteLine:
    """One product at a price: `qty` units at `list_price` less `discount_pct` percent."""

    product_id: int
    qty: Decimal
    list_price: Decimal
    discount_pct: Decimal

    @property
    def amount(self) -> Decimal:
        """What the customer pays for the line, to the cent."""
        net = self.qty * self.list_price * (HUNDRED - self.discount_pct) / HUNDRED
        return net.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Quote:
    """One quote in its present version; percentages from 0 to 100, amounts in base currency."""

    id: int
    number: str
    opportunity_id: int
    version: int
    amount: Decimal
    discount_pct: Decimal
    margin_pct: Decimal | None
    valid_until: date
    payment_terms: str
    non_standard_terms: bool
    justification: str | None
    counter_discount: Decimal | None
    status: str
    sent_at: datetime | None
    owner: str
    row_version: int


def get(connection: Connection, number: str) -> Quote:
    """One quote by number (QUO-0007); raises `RecordNotFound`."""
    query = select(*records.columns(quote, Quote)).where(quote.c.number == number)
    return records.one(connection, Quote, query, number)


def of_opportunity(connection: Connection, opportunity_id: int) -> tuple[Quote, ...]:
    """The quotes of an opportunity, the newest first."""
    query = select(*records.columns(quote, Quote)).where(quote.c.opportunity_id == opportunity_id)
    return records.every(connection, Quote, query.order_by(quote.c.id.desc()))


def accepted(connection: Connection, opportunity_id: int) -> Quote | None:
    """The newest quote that the customer accepted, or None."""
    found = (each for each in of_opportunity(connection, opportunity_id) if each.status == "accepted")
    return next(found, None)


def was_sent(connection: Connection, opportunity_id: int) -> bool:
    """Whether any quote of the opportunity reached the customer (the exit criterion *quote sent*)."""
    return any(each.sent_at is not None for each in of_opportunity(connection, opportunity_id))


def lines(connection: Connection, quote_id: int) -> tuple[QuoteLine, ...]:
    """The lines of a quote, in order."""
    query = select(*records.columns(quote_line, QuoteLine)).where(quote_line.c.quote_id == quote_id)
    return records.every(connection, QuoteLine, query.order_by(quote_line.c.id))


def prepare(
    connection: Connection,
    deal: Opportunity,
    there: Quote | None,
    wanted: Iterable[QuoteLine],
    *,
    by: str,
    at: datetime,
    **terms: Any,
) -> Quote:
    """Writes a new quote, or the next version of one, with its lines.

    `terms` are `valid_until`, `payment_terms`, `non_standard_terms`, `justification`. Raises
    `InvalidValue` without lines or with a day that has passed, `IllegalMove`, `VersionConflict`.
    """
    chosen = tuple(wanted)
    number = there.number if there else both("the quote", "报价")
    if not chosen:
        raise InvalidValue(
            expected=both("at least one product", "至少一项产品"), field="lines", record=number, value=NOTHING
        )
    if terms["valid_until"] < at.date():
        expected = both("a day that has not passed", "尚未过去的日期")
        raise InvalidValue(expected=expected, field="valid_until", record=number, value=terms["valid_until"])
    kept = _insert(connection, deal, terms, by=by, at=at) if there is None else _renew(connection, there, terms, by, at)
    for line in chosen:
        row = {"quote_id": kept.id, **vars(line), "amount": line.amount}
        records.insert(connection, quote_line, row, by=by, at=at)
    return kept


def _insert(connection: Connection, deal: Opportunity, terms: dict[str, Any], *, by: str, at: datetime) -> Quote:
    number = records.number(connection, "quote")
    row = {"number": number, "opportunity_id": deal.id, "owner": deal.owner, "org_unit_id": deal.org_unit_id, **terms}
    records.insert(connection, quote, row, by=by, at=at)
    return get(connection, number)


def _renew(connection: Connection, there: Quote, terms: dict[str, Any], by: str, at: datetime) -> Quote:
    connection.execute(quote_line.delete().where(quote_line.c.quote_id == there.id))
    revised = {"version": there.version + 1} if there.sent_at is not None else {}
    return _write(connection, there, {**terms, **revised, "sent_at": None}, by=by, at=at)


def price(connection: Connection, one: Quote, *, by: str, at: datetime) -> Quote:
    """Adds up the lines: amount, discount weighted by list amount, and margin where every cost is known."""
    found = lines(connection, one.id)
    amount = sum((line.amount for line in found), Decimal(0))
    listed = sum((line.qty * line.list_price for line in found), Decimal(0))
    discount = (HUNDRED - amount / listed * HUNDRED).quantize(CENT, ROUND_HALF_UP) if listed else Decimal(0)
    changes = {"amount": amount, "discount_pct": discount, "margin_pct": _margin(connection, found, amount)}
    return _write(connection, one, changes, by=by, at=at)


def _margin(connection: Connection, found: tuple[QuoteLine, ...], amount: Decimal) -> Decimal | None:
    costs = [products.unit_cost(connection, line.product_id) for line in found]
    if amount <= 0 or any(cost is None for cost in costs):
        return None
    spent = sum((cost * line.qty for cost, line in zip(costs, found, strict=True) if cost is not None), Decimal(0))
    return ((amount - spent) / amount * HUNDRED).quantize(CENT, ROUND_HALF_UP)


def move(connection: Connection, one: Quote, status: str, *, by: str, at: datetime, **changes: Any) -> Quote:
    """Gives a quote another status (8.2), with further changes; raises `IllegalMove`, `VersionConflict`."""
    states.move(states.QUOTE, one.number, one.status, status)
    return _write(connection, one, {"status": status, **changes}, by=by, at=at)


def _write(connection: Connection, one: Quote, changes: dict[str, Any], *, by: str, at: datetime) -> Quote:
    version = records.update(connection, quote, one.id, one.row_version, changes, by=by, at=at, record=one.number)
    known = {name: value for name, value in changes.items() if name in Quote.__dataclass_fields__}
    return replace(one, **known, row_version=version)
