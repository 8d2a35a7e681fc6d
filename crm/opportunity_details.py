"""What people record about an opportunity while they follow it up: products, activities, expenses, people, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from crm import records, row_lists
from crm.opportunities import Opportunity
from crm.row_lists import Row
from crm.tables import (
    contact,
    opportunity_activity,
    opportunity_contact,
    opportunity_document,
    opportunity_expense,
    opportunity_product,
    product,
)

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
QUIET_FOR = timedelta(days=14)
"""How long nothing may happen before the owner is reminded."""


def products(connection: Connection, deal: Opportunity) -> list[dict[str, Any]]:
    """The products as rows of a form: product (by key), qty, price, discount_pct."""
    at = opportunity_product.c
    query = select(product.c.number, at.qty, at.price, at.discount_pct).join(product, product.c.id == at.product_id)
    rows = connection.execute(query.where(at.opportunity_id == deal.id).order_by(at.id)).mappings()
    return [
        {"product": f"product:{row['number']}", **{name: row[name] for name in ("qty", "price", "discount_pct")}}
        for row in rows
    ]


def keep_products(connection: Connection, deal: Opportunity, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """Makes these the products (product_id, qty, price, discount_pct); the amount of each follows."""
    priced = [{**row, "amount": _amount(row)} for row in rows]
    parent = {"opportunity_id": deal.id}
    row_lists.keep(connection, opportunity_product, parent, priced, ("product_id",), by=by, at=at)


def product_lines(connection: Connection, deal: Opportunity) -> int:
    """How many different products the opportunity is about."""
    at = opportunity_product.c
    query = select(func.count(at.product_id.distinct())).where(at.opportunity_id == deal.id)
    return int(connection.execute(query).scalar_one())


def contacts(connection: Connection, deal: Opportunity) -> list[dict[str, Any]]:
    """The contacts as rows of a form: contact (by key), buying_role, influence, stance, is_lead_decision_maker."""
    at = opportunity_contact.c
    query = select(contact.c.number, opportunity_contact).join(contact, contact.c.id == at.contact_id)
    rows = connection.execute(query.where(at.opportunity_id == deal.id).order_by(at.id)).mappings()
    shown = ("buying_role", "influence", "stance", "is_lead_decision_maker")
    return [{"contact": f"contact:{row['number']}", **{name: row[name] for name in shown}} for row in rows]


def keep_contacts(connection: Connection, deal: Opportunity, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """Makes these the contacts (contact_id, buying_role, influence, stance, is_lead_decision_maker); one decides."""
    ordered = sorted(rows, key=lambda row: bool(row["is_lead_decision_maker"]))  # at no moment two of them decide
    parent = {"opportunity_id": deal.id}
    row_lists.keep(connection, opportunity_contact, parent, ordered, ("contact_id",), by=by, at=at)


def decision_makers(connection: Connection, deal: Opportunity) -> int:
    """How many of the customer's people have the last word on the money."""
    at = opportunity_contact.c
    query = select(func.count()).where(at.opportunity_id == deal.id, at.buying_role == "economic")
    return int(connection.execute(query).scalar_one())


def activities(connection: Connection, deal: Opportunity, *, done: bool) -> Sequence[RowMapping]:
    """The activities that are done, the latest first, or those still to do, by due day."""
    at = opportunity_activity.c
    query = select(opportunity_activity).where(at.opportunity_id == deal.id)
    if done:
        query = query.where(at.done_at.is_not(None)).order_by(at.done_at.desc(), at.id.desc())
    else:
        query = query.where(at.done_at.is_(None)).order_by(at.due.asc().nulls_last(), at.id)
    return connection.execute(query).mappings().all()


def keep_activity(connection: Connection, deal: Opportunity, row: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Adds an activity (type, subject, due, owner, result, done), or changes the one to do of that type and subject."""
    values = {name: row.get(name) for name in ("type", "subject", "due", "owner", "result")}
    values["done_at"] = at if row.get("done") else None
    there = next((one for one in activities(connection, deal, done=False) if _same(one, row)), None)
    if there is None:
        records.insert(connection, opportunity_activity, {"opportunity_id": deal.id, **values}, by=by, at=at)
        return
    moved = {name: value for name, value in values.items() if there[name] != value}
    if moved:
        version, record = there["row_version"], str(there["subject"])
        records.update(
            connection, opportunity_activity, there["id"], version, moved, by=by, at=at, record=record, before=there
        )


def add_expense(connection: Connection, deal: Opportunity, row: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Adds an expense: type, spent_on, amount, note; whoever enters it paid it."""
    values = {name: row.get(name) for name in ("type", "spent_on", "amount", "note")}
    values |= {"opportunity_id": deal.id, "payer": by}
    records.insert(connection, opportunity_expense, values, by=by, at=at)


def expenses(connection: Connection, deal: Opportunity) -> Sequence[RowMapping]:
    """The expenses, the latest first."""
    at = opportunity_expense.c
    query = select(opportunity_expense).where(at.opportunity_id == deal.id)
    return connection.execute(query.order_by(at.spent_on.desc(), at.id.desc())).mappings().all()


def documents(connection: Connection, deal: Opportunity) -> Sequence[RowMapping]:
    """The documents without their content, the latest first."""
    at = opportunity_document.c
    query = select(at.kind, at.file_name, at.version, at.size, at.created_by, at.created_at)
    return connection.execute(query.where(at.opportunity_id == deal.id).order_by(at.id.desc())).mappings().all()


def quiet_until(connection: Connection, deal: Opportunity) -> date:
    """The day until which nothing needs to happen: two weeks after the latest activity, or after the start."""
    at = opportunity_activity.c
    latest = connection.execute(select(func.max(at.done_at)).where(at.opportunity_id == deal.id)).scalar()
    return (latest or deal.pipeline_entry_at or deal.created_at).date() + QUIET_FOR


def _same(one: RowMapping, row: Mapping[str, Any]) -> bool:
    return bool(one["type"] == row["type"] and one["subject"] == row["subject"])


def _amount(row: Row) -> Decimal:
    net = Decimal(row["qty"]) * Decimal(row["price"]) * (HUNDRED - Decimal(row.get("discount_pct") or 0)) / HUNDRED
    return net.quantize(CENT, ROUND_HALF_UP)
