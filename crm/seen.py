"""Whether a record is still as somebody saw it (catalogue 0.1, pattern CL), for every kind of record.

A form carries a mark of the record behind it. When the answers come, the mark tells whether somebody else
changed the record in between, and which fields: then the answers were given to a record that is no more.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, RowMapping, select

from crm.access import PERSON
from crm.kinds import KINDS

BOOKKEEPING = frozenset(
    {"id", "number", "row_version", "created_at", "created_by", "updated_at", "updated_by", "last_change"}
)


@dataclass(frozen=True)
class Changed:
    """What happened to a record since it was seen: who changed it last and when, and the newer values by field."""

    record: str
    who: str
    when: datetime
    values: Mapping[str, Any]


class Seen:
    """Marks of records, by business key; has the shape of the engine's protocol `Records`."""

    def mark(self, connection: Connection, business_key: str) -> str | None:
        """A short text that changes with the record; None when the key names no record that can change."""
        row = _row(connection, business_key)
        return None if row is None else _mark(row)

    def changed(self, connection: Connection, business_key: str, mark: str) -> Changed | None:
        """What changed since the record had this mark; None when nothing did.

        The record stays locked until the transaction ends, so that the answer stays true.
        """
        row = _row(connection, business_key, lock=True)
        if row is None or _mark(row) == mark:
            return None
        before, now = mark.split("."), _mark(row).split(".")
        fields = [name for name, old, new in zip(_fields(row), before[1:], now[1:], strict=False) if old != new]
        if not fields:
            return None  # written again with the values it had
        number = business_key.partition(":")[2]
        return Changed(number, row["updated_by"], row["updated_at"], {name: row[name] for name in fields})


def _row(connection: Connection, business_key: str, lock: bool = False) -> RowMapping | None:
    kind, _, number = business_key.partition(":")
    described = KINDS.get(kind) if kind != PERSON else None  # it names who began a process, not what this is about
    if described is None or "row_version" not in described.table.c or not number:
        return None
    column = described.table.c[described.number]
    if column.type.python_type is int and not number.isdecimal():
        return None
    looked_at = [one for one in described.table.c if not isinstance(one.type, LargeBinary)]
    query = select(*looked_at).where(column == column.type.python_type(number))
    return connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()


def _mark(row: RowMapping) -> str:
    sums = (f"{zlib.crc32(str(row[name]).encode()):x}" for name in _fields(row))
    return ".".join([str(row["row_version"]), *sums])


def _fields(row: RowMapping) -> list[str]:
    return [name for name in row if name not in BOOKKEEPING]
