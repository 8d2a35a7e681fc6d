"""Products and what they cost: the list price in force on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, or_, select

from crm.errors import RecordNotFound
from crm.tables import price, price_list, product


def id_of(connection: Connection, key: str) -> int:
    """The id of the product that a key (`product:PRD-0001`) or number names; raises `RecordNotFound`."""
    number = key.rpartition(":")[2]
    found = connection.execute(select(product.c.id).where(product.c.number == number)).scalar_one_or_none()
    if found is None:
        raise RecordNotFound(record=number or "a product")
    return int(found)


def key_of(connection: Connection, product_id: int) -> str:
    """The business key of a product."""
    return f"product:{connection.execute(select(product.c.number).where(product.c.id == product_id)).scalar_one()}"


def name_of(connection: Connection, product_id: int) -> str:
    """The English name of a product."""
    return str(connection.execute(select(product.c.name).where(product.c.id == product_id)).scalar_one())


def unit_cost(connection: Connection, product_id: int) -> Decimal | None:
    """What a unit costs us, or None when nobody entered it."""
    return connection.execute(select(product.c.unit_cost).where(product.c.id == product_id)).scalar_one_or_none()


def list_price(connection: Connection, product_id: int, on: date) -> Decimal | None:
    """The price of the newest list in force on a day, or None where no list has the product."""
    at = price_list.c
    query = (
        select(price.c.list_price)
        .join(price_list, at.id == price.c.price_list_id)
        .where(price.c.product_id == product_id, at.valid_from <= on, or_(at.valid_to.is_(None), at.valid_to >= on))
    )
    return connection.execute(query.order_by(at.valid_from.desc(), at.id.desc()).limit(1)).scalar_one_or_none()
