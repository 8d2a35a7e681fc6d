"""What the tables are made of: one `metadata`, and columns that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    MetaData,
    RowMapping,
    String,
    TypeDecorator,
)

Row = RowMapping | Mapping[str, Any]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite keeps it as text of fixed width, which sorts as time does."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else _stored(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return _moment(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Nothing but the text for SQLite, without the detour of a type that decorates another."""
        return super().bind_processor(dialect) if dialect.name == "postgresql" else _stored

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Nothing but the moment of a text from SQLite."""
        return super().result_processor(dialect, coltype) if dialect.name == "postgresql" else _moment


@lru_cache(maxsize=256)  # one command stores the same moment many times
def _stored(value: datetime | None) -> str | None:
    return None if value is None else moment_text(value)


@lru_cache(maxsize=256)
def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@lru_cache(maxsize=256)
def moment_text(value: datetime) -> str:
    """The stored text of a moment: `2026-11-22T08:00:00.000000Z`."""
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


Id = String(32)
Name = String(200)
