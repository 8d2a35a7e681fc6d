"""What our own records say about an account: revenue and margin, what it bought, what is open."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from crm.accounts import Account
from crm.tables import opportunity, opportunity_product, product

WON = ("won", "closed")
OPEN = ("prequalified", "assessed", "active", "pended")
NOTHING = Decimal(0)
CENT = Decimal("0.01")


def gathered(connection: Connection, customer: Account) -> dict[str, Any]:
    """The history of an account as plain values, money in base currency.

    `years` are rows (year, revenue, margin; without known costs no margin), `products` the names of what was
    bought, `open` rows (number, name, amount), `credit_standing` as it is today.
    """
    return {
        "years": _years(connection, customer.id),
        "products": _bought(connection, customer.id),
        "open": _open(connection, customer.id),
        "credit_standing": customer.credit_standing,
    }


def has_won(connection: Connection, account_id: int) -> bool:
    """Whether any opportunity of an account was ever won."""
    at = opportunity.c
    query = select(at.id).where(at.account_id == account_id, at.status.in_(WON)).limit(1)
    return connection.execute(query).first() is not None


def revenue(connection: Connection, account_id: int, first: date, last: date) -> Decimal:
    """What was won from an account between two days, both included."""
    at = opportunity.c
    won = (at.account_id == account_id, at.status.in_(WON), at.outcome_date.between(first, last))
    return connection.execute(select(func.sum(at.actual_amount)).where(*won)).scalar() or NOTHING


def margin(connection: Connection, account_id: int, first: date, last: date) -> Decimal | None:
    """What the products won between two days earned above their cost; None where no cost is known."""
    found = _costed(connection, account_id, first, last)
    if not found:
        return None
    return sum((row.amount - row.qty * row.unit_cost for row in found), NOTHING).quantize(CENT)


def sold(connection: Connection, account_id: int, product_name: str, first: date, last: date) -> Decimal | None:
    """The amount of one product won between two days; None where there is no product of this name."""
    query = select(product.c.id).where(product.c.name == product_name)
    product_id = connection.execute(query.limit(1)).scalar_one_or_none()
    if product_id is None:
        return None
    at, lines = opportunity.c, opportunity_product.c
    amount = select(func.sum(lines.amount)).join(opportunity, at.id == lines.opportunity_id)
    won = (at.account_id == account_id, at.status.in_(WON), at.outcome_date.between(first, last))
    return connection.execute(amount.where(lines.product_id == product_id, *won)).scalar() or NOTHING


def weighted_pipeline(connection: Connection, account_id: int) -> Decimal:
    """The amount of what is active, each times its probability."""
    at = opportunity.c
    query = select(at.amount_base, at.win_probability).where(at.account_id == account_id, at.status == "active")
    weighted = ((amount or NOTHING) * (chance or NOTHING) / 100 for amount, chance in connection.execute(query))
    return sum(weighted, NOTHING).quantize(CENT)


def _years(connection: Connection, account_id: int) -> list[dict[str, Any]]:
    at = opportunity.c
    query = select(at.outcome_date, at.actual_amount)
    query = query.where(at.account_id == account_id, at.status.in_(WON), at.outcome_date.is_not(None))
    years: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    for day, amount in connection.execute(query):
        years[day.year] += amount or NOTHING
    return [
        {
            "year": year,
            "revenue": years[year],
            "margin": margin(connection, account_id, date(year, 1, 1), date(year, 12, 31)),
        }
        for year in sorted(years, reverse=True)
    ]


def _bought(connection: Connection, account_id: int) -> list[str]:
    at = opportunity.c
    query = (
        select(product.c.name)
        .join(opportunity_product, opportunity_product.c.product_id == product.c.id)
        .join(opportunity, at.id == opportunity_product.c.opportunity_id)
        .where(at.account_id == account_id, at.status.in_(WON))
    )
    return list(connection.execute(query.distinct().order_by(product.c.name)).scalars())


def _costed(connection: Connection, account_id: int, first: date, last: date) -> Any:
    at, sold = opportunity.c, opportunity_product.c
    query = (
        select(sold.amount, sold.qty, product.c.unit_cost)
        .join(product, product.c.id == sold.product_id)
        .join(opportunity, at.id == sold.opportunity_id)
        .where(at.account_id == account_id, at.status.in_(WON), at.outcome_date.between(first, last))
    )
    return connection.execute(query.where(product.c.unit_cost.is_not(None))).all()


def _open(connection: Connection, account_id: int) -> list[dict[str, Any]]:
    at = opportunity.c
    query = select(at.number, at.name, at.amount_base).where(at.account_id == account_id, at.status.in_(OPEN))
    return [
        {"number": row.number, "name": row.name, "amount": row.amount_base}
        for row in connection.execute(query.order_by(at.number))
    ]
