"""Column types that mean the same on SQLite and PostgreSQL: exact decimals and aware moments."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine

# SQLite numbers rows by itself only for a column of exactly this type.
Identity = BigInteger().with_variant(Integer(), "sqlite")


class Fixed(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places; SQLite, which has no decimals, keeps it as an integer.

    Sums and comparisons in SQL are exact on both databases. A value with more places than the
    column has is refused with `ValueError`: rounding is the business of whoever computes it.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if isinstance(value, float):
            raise ValueError(f"Expected an exact number, but got the float {value!r}.")
        scaled = Decimal(value).scaleb(self.scale)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"Expected at most {self.scale} decimal places, but got {value}.")
        return int(scaled) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value).scaleb(-self.scale) if dialect.name == "sqlite" else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware on the way in, aware and in UTC on the way out."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"Expected a moment with a time zone, but got {value.isoformat()}.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def money() -> Fixed:
    """An amount of money: 18 digits, 2 of them decimal places."""
    return Fixed(18, 2)


def percent() -> Fixed:
    """A percentage from 0.00 to 100.00 (or above, for attainments)."""
    return Fixed(7, 2)
