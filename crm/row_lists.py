"""Rows that belong to a record and are edited together, as one list on a form: what is new, changed or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table, select

from crm import records

Row = Mapping[str, Any]
Read = TypeVar("Read", bound=Mapping[Any, Any])


def of(connection: Connection, table: Table, **parent: Any) -> Sequence[RowMapping]:
    """The rows of a parent (`opportunity_plan_id=7`) in the order of their making."""
    query = select(table).where(*(table.c[name] == value for name, value in parent.items()))
    return connection.execute(query.order_by(table.c.id)).mappings().all()


def keep(
    connection: Connection,
    table: Table,
    parent: Row,
    rows: Sequence[Row],
    key: Sequence[str],
    *,
    by: str,
    at: datetime,
) -> None:
    """Makes the rows of a parent those of a list: changes what has the same `key`, adds the new, removes the rest.

    `parent` is the column of the parent and its id. Rows that share a key are told apart by their order; columns
    that the list leaves out keep their values.
    """
    there = _by_key(of(connection, table, **parent), key)
    wanted = _by_key(rows, key)
    for gone in there.keys() - wanted.keys():
        records.remove(connection, table, there[gone]["id"], by=by, at=at)
    for name, row in wanted.items():
        if name in there:
            _change(connection, table, there[name], row, by=by, at=at)
        else:
            records.insert(connection, table, {**parent, **row}, by=by, at=at)


def _by_key(rows: Sequence[Read], key: Sequence[str]) -> dict[tuple[Any, ...], Read]:
    found: dict[tuple[Any, ...], Read] = {}
    for row in rows:
        name = tuple(row[each] for each in key)
        found[*name, sum(one[:-1] == name for one in found)] = row
    return found


def _change(connection: Connection, table: Table, before: RowMapping, row: Row, *, by: str, at: datetime) -> None:
    moved = {name: value for name, value in row.items() if before[name] != value}
    if moved:
        row_id, version, record = before["id"], before["row_version"], f"{table.name} {before['id']}"
        records.update(connection, table, row_id, version, moved, by=by, at=at, record=record, before=before)
