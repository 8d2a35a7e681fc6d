"""Between the columns of a record and the answers of a form: references by business key, words by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import access
from crm.errors import RecordNotFound
from crm.kinds import KINDS, Field, Kind
from crm.rows import stored
from crm.scopes import Reader

Values = Mapping[str, Any]


def typed(connection: Connection, who: Reader, kind: Kind, answers: Values) -> dict[str, Any]:
    """The column values of a form's answers; raises `RecordNotFound` for a reference that the reader may not see."""
    return {name: _column_value(connection, who, kind.field(name), value) for name, value in answers.items()}


def answered(connection: Connection, kind: Kind, values: Values) -> dict[str, Any]:
    """The column values of a record as the answers of a form."""
    return {name: _answer(connection, kind.field(name), value) for name, value in values.items() if kind.has(name)}


def revived(field: Field, value: Any) -> Any:
    """A value of the history, kept as JSON, in its own type again."""
    if value is None or not isinstance(value, str):
        return value
    if field.type == "moment":
        return datetime.fromisoformat(value)
    if field.type == "date":
        return date.fromisoformat(value)
    return Decimal(value) if field.type in ("money", "percent", "decimal") else value


def reference_kind(field: Field) -> Kind | None:
    """The kind of record that a field points to, None for fields that hold a value themselves."""
    if field.type == "unit":
        return KINDS["org_unit"]
    return KINDS.get(field.reference) if field.type == "reference" else None


def _column_value(connection: Connection, who: Reader, field: Field, value: Any) -> Any:
    kind = reference_kind(field)
    if field.type == "words":
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]
    if value is None or value == "":
        return None
    if kind is not None:
        return _held(connection, who, kind, str(value))
    return stored(value) if field.type in ("rows", "choices") else value


def _held(connection: Connection, who: Reader, kind: Kind, value: str) -> Any:
    """The id (or key) of the record that an answer names."""
    number = kind.number_value(value.removeprefix(f"{kind.key}:"))
    query = select(kind.identity).where(kind.number_column == number, access.visible(who, kind))
    found = connection.execute(query).scalar_one_or_none() if number is not None else None
    if found is None:
        raise RecordNotFound(record=value)
    return found


def _answer(connection: Connection, field: Field, value: Any) -> Any:
    kind = reference_kind(field)
    if value is None:
        return None
    if kind is not None:
        number = connection.execute(select(kind.number_column).where(kind.identity == value)).scalar_one_or_none()
        return value if number is None else str(number) if kind.number == "key" else kind.business_key(number)
    if field.type == "words":
        return "\n".join(value)
    return value
