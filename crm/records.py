"""What every record shares: numbers, authorship, and updates that notice somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, RowMapping, Select, Table, Update, bindparam, select
from sqlalchemy.sql.dml import ReturningInsert

from crm.errors import CrmError, RecordNotFound, VersionConflict
from crm.kinds import KINDS
from crm.person_names import names
from crm.tables import number_sequence, record_change
from crm.titles import Names, both, named

Read = TypeVar("Read")

WITHHELD = "…"
"""What the history shows of values that nobody may read, such as password hashes."""

_NOTE_CHANGE = record_change.insert().inline()  # nobody asks for the id of the line


def insert(connection: Connection, table: Table, values: Mapping[str, Any], *, by: str, at: datetime) -> int:
    """Adds a row with its authorship and gives its id; for tables with an `id` and a row version.

    The record's history gets a line with all values.
    """
    return int(insert_keyed(connection, table, values, by=by, at=at))


def insert_keyed(connection: Connection, table: Table, values: Mapping[str, Any], *, by: str, at: datetime) -> Any:
    """The same for any table with a row version; gives the primary key, which may be one that people chose."""
    authorship = {"created_by": by, "created_at": at, "updated_by": by, "updated_at": at}
    row_id = connection.execute(_insert_of(table), {**values, **authorship}).scalar_one()
    _note_change(connection, table, row_id, {}, values, by=by, at=at)
    return row_id


def update(
    connection: Connection,
    table: Table,
    row_id: int | str,
    expected_version: int,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    record: str | Names,
    before: Mapping[str, Any] | RowMapping | None = None,
    reason: str | None = None,
) -> int:
    """Changes a row that still has `expected_version` and gives the new version.

    `record` is what people call the row (OPP-1042). The record's history gets a line with the values that really
    changed; `before` are the values at `expected_version`, where the caller has them (else they are read); `reason`
    says why it changed. Raises `VersionConflict` naming who changed what and when, or `RecordNotFound` when the row
    is gone.
    """
    if before is None:
        before = _values(connection, table, row_id, changes) if changes else {}
    written = {
        **changes,
        "row_version": expected_version + 1,
        "updated_by": by,
        "updated_at": at,
        "last_change": ", ".join(sorted(changes)),
    }
    found = {"the_row": row_id, "as_seen": expected_version}
    done = connection.execute(_update_of(table), {**written, **found})
    if done.rowcount != 1:
        raise _refusal(connection, table, row_id, record)
    moved = {name: value for name, value in changes.items() if before.get(name) != value}
    _note_change(
        connection, table, row_id, {name: before.get(name) for name in moved}, moved, by=by, at=at, reason=reason
    )
    return expected_version + 1


def remove(connection: Connection, table: Table, row_id: int | str, *, by: str, at: datetime) -> None:
    """Takes a row away; its last values stay in the history. Nothing happens when it is gone already."""
    row = connection.execute(table.delete().where(identity(table) == row_id).returning(*table.c)).mappings().first()
    if row is not None:
        gone = {name: value for name, value in row.items() if value is not None}
        _note_change(connection, table, row_id, gone, dict.fromkeys(gone), by=by, at=at)


@cache
def _insert_of(table: Table) -> ReturningInsert[Any]:
    return table.insert().returning(identity(table))


@cache
def _update_of(table: Table) -> Update:
    """Built once: the columns to set come with the values, and building costs more than running."""
    same = (identity(table) == bindparam("the_row"), table.c.row_version == bindparam("as_seen"))
    return table.update().where(*same)


def identity(table: Table) -> Column[Any]:
    """The primary key of a table whose rows have one column for it: an id, or a key that people chose."""
    return next(iter(table.primary_key))


def plain(value: Any) -> Any:
    """A value as the history keeps it, in JSON: numbers that are not whole, days and moments as text."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value


def _values(connection: Connection, table: Table, row_id: int | str, names: Iterable[str]) -> Mapping[str, Any]:
    query = select(*(table.c[name] for name in sorted(names))).where(identity(table) == row_id)
    row = connection.execute(query).mappings().one_or_none()
    return dict(row) if row is not None else {}


def _note_change(
    connection: Connection,
    table: Table,
    row_id: int | str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> None:
    if (not after and reason is None) or table.info.get("history") is False:
        return
    line = {
        "kind": table.name,
        "record_id": str(row_id),
        "changed_at": at,
        "changed_by": by,
        "before": _kept(table, before),
        "after": _kept(table, after),
        "reason": reason,
    }
    connection.execute(_NOTE_CHANGE, line)


def _kept(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: WITHHELD if table.c[name].info.get("secret") else plain(value) for name, value in values.items()}


def _refusal(connection: Connection, table: Table, row_id: int | str, record: str | Names) -> CrmError:
    columns = (table.c.updated_by, table.c.updated_at, table.c.last_change)
    row = connection.execute(select(*columns).where(identity(table) == row_id)).one_or_none()
    if row is None:
        return RecordNotFound(record=record)
    who, when, what = row
    return VersionConflict(record=record, who=names(connection, who), when=when, what=_labels(table, what or ""))


def _labels(table: Table, columns: str) -> Names:
    """What the fields of a record are called, for columns with commas; a column without a field names itself."""
    fields = next((kind.fields for kind in KINDS.values() if kind.table is table), ())
    return named(tuple((one.name, one.en, one.zh) for one in fields), *columns.split(", "))


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
        raise RecordNotFound(record=both(f"number sequence {sequence}", f"编号序列 {sequence}"))
    prefix, width, last = row
    return [f"{prefix}{number:0{width}d}" for number in range(last - count + 1, last + 1)]


def number(connection: Connection, sequence: str) -> str:
    """The next number of a sequence."""
    return numbers(connection, sequence, 1)[0]


def read(kind: type[Read], row: RowMapping) -> Read:
    """A frozen dataclass filled from the columns of its fields' names."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def one(connection: Connection, kind: type[Read], query: Select[Any], record: str | Names) -> Read:
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
