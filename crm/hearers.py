"""Who is to hear that somebody changed a record by hand: the processes about it, and about what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from crm.kinds import KINDS, Kind


def told(connection: Connection, kind: Kind, number: str) -> Mapping[str, tuple[str, ...]]:
    """The messages that a change of a record causes, each with the business keys that it is about."""
    if not kind.tells:
        return {}
    about = list(_upwards(connection, kind, kind.number_column == kind.number_value(number)))
    return {
        message: tuple(key for key in about if key.partition(":")[0] in kinds) for message, kinds in kind.tells.items()
    }


def _upwards(connection: Connection, kind: Kind, this: ColumnElement[bool]) -> Iterator[str]:
    """The business keys of a record and of everything above it."""
    above = {parent.kind: kind.table.c[parent.column] for parent in kind.parents}
    row: Mapping[Any, Any] = (
        connection.execute(select(kind.number_column, *above.values()).where(this)).mappings().one()
    )
    yield kind.business_key(row[kind.number_column])
    for name, column in above.items():
        if row[column] is not None:
            yield from _upwards(connection, KINDS[name], KINDS[name].identity == row[column])
