"""What every record shares: numbers, authorship, and updates that notice somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, RowMapping, Select, Table, select

from crm.errors import CrmError, RecordNotFound, VersionConflict
from crm.tables import number_sequence

Read = TypeVar("Read")


def insert(connection: Connection, table: Table, values: Mapping[str, Any], *, by: str, at: datetime) -> int:
    """Adds a row with its authorship and gives its id; for tables with an `id` and a row version."""
    authorship = {"created_by": by, "created_at": at, "updated_by": by, "updated_at": at}
    done = connection.execute(table.insert().values(**values, **authorship).returning(table.c.id))
    return int(done.scalar_one())


def update(
    connection: Connection,
    table: Table,
    row_id: int,
    expected_version: int,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    record: str,
) -> int:
    """Changes a row that still has `expected_version` and gives the new version.

    `record` is what people call the row (OPP-1042). Raises `VersionConflict` naming who
    changed what and when, or `RecordNotFound` when the row is gone.
    """
    done = connection.execute(
        table.update()
        .where(table.c.id == row_id, table.c.row_version == expected_version)
        .values(
            **changes,
            row_version=expected_version + 1,
            updated_by=by,
            updated_at=at,
            last_change=", ".join(sorted(changes)),
        )
    )
    if done.rowcount != 1:
        raise _refusal(connection, table, row_id, record)
    return expected_version + 1


def _refusal(connection: Connection, table: Table, row_id: int, record: str) -> CrmError:
    columns = (table.c.updated_by, table.c.updated_at, table.c.last_change)
    row = connection.execute(select(*columns).where(table.c.id == row_id)).one_or_none()
    if row is None:
        return RecordNotFound(record=record)
    who, when, what = row
    return VersionConflict(record=record, who=who, when=when, what=what)


def numbers(connection: Connection, sequence: str, count: int) -> list[str]:
    """The next `count` numbers of a sequence (OPP-1042, ...); raises `RecordNotFound` for an unknown one."""
    at = number_sequence.c
    row = connection.execute(
        number_sequence.update()
        .where(at.name == sequence)
        .values(last=at.last + count)
        .returning(at.prefix, at.width, at.last)
    ).one_or_none()
    if row is None:
        raise RecordNotFound(record=f"number sequence {sequence}")
    prefix, width, last = row
    return [f"{prefix}{number:0{width}d}" for number in range(last - count + 1, last + 1)]


def number(connection: Connection, sequence: str) -> str:
    """The next number of a sequence."""
    return numbers(connection, sequence, 1)[0]


def read(kind: type[Read], row: RowMapping) -> Read:
    """A frozen dataclass filled from the columns of its fields' names."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def one(connection: Connection, kind: type[Read], query: Select[Any], record: str) -> Read:
    """The one row of a query as a dataclass; raises `RecordNotFound` naming `record` when there is none."""
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise RecordNotFound(record=record)
    return read(kind, row)


def every(connection: Connection, kind: type[Read], query: Select[Any]) -> tuple[Read, ...]:
    """All rows of a query as dataclasses."""
    return tuple(read(kind, row) for row in connection.execute(query).mappings())


def columns(table: Table, kind: type[Any]) -> list[Column[Any]]:
    """The columns of `table` that a dataclass has fields for."""
    return [table.c[field.name] for field in fields(kind) if field.name in table.c]
