"""Exchange rates: amounts in other currencies, worth what in the base currency."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, select

from crm import records
from crm.defaults_data import BASE_CURRENCY
from crm.errors import NoRate
from crm.tables import exchange_rate

CENT = Decimal("0.01")


def rate(connection: Connection, currency: str, day: date) -> Decimal:
    """Units of the base currency for one unit of `currency`, by the latest rate up to `day`.

    Raises `NoRate` when none was entered by then.
    """
    if currency == BASE_CURRENCY:
        return Decimal(1)
    at = exchange_rate.c
    query = select(at.rate).where(at.currency == currency, at.day <= day).order_by(at.day.desc()).limit(1)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise NoRate(currency=currency, day=day, base=BASE_CURRENCY)
    return Decimal(found)


def to_base(connection: Connection, amount: Decimal | None, currency: str, day: date) -> Decimal | None:
    """An amount in base currency, rounded to cents half up; None stays None."""
    if amount is None:
        return None
    return rounded(amount * rate(connection, currency, day))


def rounded(amount: Decimal) -> Decimal:
    """An amount in cents, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def set_rate(connection: Connection, currency: str, day: date, value: Decimal, *, by: str, at: datetime) -> None:
    """Enters the rate that holds from `day` on, in place of one entered for the same day."""
    held = exchange_rate.c
    query = select(held.id, held.row_version).where(held.currency == currency, held.day == day)
    row = connection.execute(query).one_or_none()
    if row is None:
        records.insert(connection, exchange_rate, {"currency": currency, "day": day, "rate": value}, by=by, at=at)
        return
    record = f"{currency} {day}"
    records.update(connection, exchange_rate, row.id, row.row_version, {"rate": value}, by=by, at=at, record=record)


def currencies(connection: Connection) -> tuple[str, ...]:
    """The currencies that amounts may be in: the base currency and those with a rate."""
    query = select(exchange_rate.c.currency).distinct().order_by(exchange_rate.c.currency)
    others = [one for one in connection.execute(query).scalars() if one != BASE_CURRENCY]
    return (BASE_CURRENCY, *others)
