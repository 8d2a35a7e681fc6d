"""One record of any described kind, with whatever it needs to point to, made from its table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    select,
)

from crm import records
from crm.kinds import KINDS, Kind
from crm.tables.types import Fixed, Moment

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AUTHORSHIP = {"created_at", "created_by", "updated_at", "updated_by", "row_version", "last_change"}
# What a table's own rules ask for and its columns do not tell.
GIVEN: dict[str, dict[str, Any]] = {
    "approval_threshold": {"state": "withdrawn", "limit_standard": 1, "limit_major": 2, "limit_strategic": 3},
    "sales_target": {"owner": "lin.wei", "org_unit_id": None},
    "contact": {"phone": "+86 21 5555 0100"},
    "win_loss_reason": {"kind": "win", "code": "W01"},
    "feature_flag": {"name": "a_new_one"},
    "power_map_link": {"to_contact_id": lambda samples: samples.add(KINDS["contact"])},
}


class Samples:
    """Makes records, and remembers what it made: a reference is to the newest record of its table."""

    def __init__(self, connection: Connection, owner: str) -> None:
        self.connection = connection
        self.owner = owner
        self.number = count(900)

    def make(self, kind: Kind, **given: Any) -> str:
        """Adds a record, whose owners are all the one owner, and gives its number."""
        query = select(kind.number_column).where(kind.identity == self.add(kind, **given))
        return str(self.connection.execute(query).scalar_one())

    def add(self, kind: Kind, **given: Any) -> Any:
        """The same; gives its id or key."""
        row = {column.name: value for column, value in self._values(kind, given)}
        at = {"by": self.owner, "at": AT}
        if "row_version" in kind.table.c:
            return records.insert_keyed(self.connection, kind.table, row, **at)
        inserted = self.connection.execute(kind.table.insert().values(**row).returning(kind.identity))
        return inserted.scalar_one()

    def _values(self, kind: Kind, given: dict[str, Any]) -> Iterator[tuple[Column[Any], Any]]:
        known = GIVEN.get(kind.key, {}) | given
        parents = {parent.column for parent in kind.parents[:1]}
        for column in kind.table.c:
            if column.name in known:
                value = known[column.name]
                yield column, value(self) if callable(value) else value
            elif column.name in AUTHORSHIP or (column.name == "id" and column.primary_key):
                continue
            elif column.default is None and column.server_default is None and self._is_needed(kind, column, parents):
                yield column, self._value(kind, column)

    def _is_needed(self, kind: Kind, column: Column[Any], parents: set[str]) -> bool:
        return not column.nullable or column.name in parents | {kind.owner, kind.assignee, kind.title}

    def _value(self, kind: Kind, column: Column[Any]) -> Any:
        if column.name in (kind.owner, kind.assignee):
            return self.owner
        for foreign in column.foreign_keys:
            return self._referred(foreign.column)
        if kind.has(column.name) and (choices := kind.field(column.name).choices):
            return choices[0][0]
        if isinstance(column.type, Moment | Date):
            return AT if isinstance(column.type, Moment) else date(2026, 3, 2)
        if isinstance(column.type, Boolean | JSON | LargeBinary):
            return {Boolean: False, JSON: [], LargeBinary: b"x"}[type(column.type)]
        if isinstance(column.type, Integer | Fixed):
            return _small(kind.table, column, next(self.number))
        return f"{column.name[:3]}{next(self.number)}"[: getattr(column.type, "length", None) or 40]

    def _referred(self, column: Column[Any]) -> Any:
        if column.table.name == "users":
            return self.owner
        held = self.connection.execute(select(column).order_by(column.desc()).limit(1)).scalar_one_or_none()
        if held is None:
            kind = next(one for one in KINDS.values() if one.table is column.table)
            self.make(kind)
            held = self.connection.execute(select(column).order_by(column.desc()).limit(1)).scalar_one()
        return held


def _small(table: Table, column: Column[Any], unique: int) -> int:
    """A number that the table's rules allow: 1 where they bound it or it may repeat, else one not used before."""
    bounded = any(column.name in str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint))
    return 1 if bounded or not (column.unique or column.name in ("version", "position")) else unique
