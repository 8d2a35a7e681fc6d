"""What happened, one immutable row per thing, linked by hashes per instance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from engine import plain
from engine.prepared import Prepared
from engine.tables import history_event, moment_text, process_instance
from engine.transaction import Transaction


@dataclass(frozen=True)
class Event:
    """One line of an instance's history. `detail` is what changed, as plain values; `kind` is like `task.completed`."""

    instance_id: str
    seq: int
    at: datetime
    actor: str | None
    on_behalf_of: str | None
    kind: str
    process: str
    element: str
    detail: Mapping[str, Any]


_INSERT = Prepared(history_event.insert(), *history_event.c.keys())


class Journal:
    """The history rows that one command adds to one instance, written together before it commits."""

    def __init__(
        self,
        instance_id: str,
        seq: int,
        last_hash: str,
        at: datetime,
        actor: str | None,
        on_behalf_of: str | None = None,
    ) -> None:
        self.instance_id, self.seq, self.last_hash = instance_id, seq, last_hash
        self._at, self.actor, self.on_behalf_of = at, actor, on_behalf_of
        self._stamp = moment_text(at)
        self._rows: list[dict[str, Any]] = []

    def record(self, kind: str, process: str = "", element: str = "", /, **detail: Any) -> None:
        """Adds one event; `detail` holds plain values."""
        self.add(kind, process, element, plain.write(detail) if detail else "{}")

    def add(self, kind: str, process: str, element: str, text: str) -> None:
        """Adds one event whose detail is written already."""
        self.seq += 1
        self.last_hash = link(
            self.last_hash, self.seq, self._stamp, self.actor, self.on_behalf_of, kind, process, element, text
        )
        self._rows.append(
            {
                "instance_id": self.instance_id,
                "seq": self.seq,
                "at": self._at,
                "actor": self.actor,
                "on_behalf_of": self.on_behalf_of,
                "kind": kind,
                "process": process,
                "element": element,
                "detail": text,
                "hash": self.last_hash,
            }
        )

    def write(self, transaction: Transaction) -> None:
        """Inserts the rows recorded since the last write."""
        if self._rows:
            _INSERT.many(transaction.connection, self._rows)
            self._rows = []


def link(
    previous: str,
    seq: int,
    at: str,
    actor: str | None,
    absent: str | None,
    kind: str,
    process: str,
    element: str,
    text: str,
) -> str:
    """The hash of one event, over the hash before it and everything it says; `text` is its detail as stored."""
    said = f"{seq}\x1f{at}\x1f{actor or ''}\x1f{absent or ''}\x1f{kind}\x1f{process}\x1f{element}\x1f{text}"
    return hashlib.sha256(f"{previous}\x1e{said}".encode()).hexdigest()


_COLUMNS = [column for column in history_event.c if column.name != "hash"]


def of_instance(connection: Connection, instance_id: str) -> list[Event]:
    """An instance's events, oldest first."""
    rows = connection.execute(
        select(*_COLUMNS).where(history_event.c.instance_id == instance_id).order_by(history_event.c.seq)
    )
    return [_event(row) for row in rows.mappings()]


def of_record(connection: Connection, business_key: str, limit: int = 200) -> list[Event]:
    """The newest events of every instance about one record, newest first."""
    instances = select(process_instance.c.id).where(process_instance.c.business_key == business_key)
    rows = connection.execute(
        select(*_COLUMNS)
        .where(history_event.c.instance_id.in_(instances))
        .order_by(history_event.c.at.desc(), history_event.c.seq.desc())
        .limit(limit)
    )
    return [_event(row) for row in rows.mappings()]


def _event(row: RowMapping) -> Event:
    values = dict(row)
    return Event(**{**values, "detail": plain.read(values["detail"])})


def first_broken(connection: Connection, instance_id: str) -> int | None:
    """The number of the first event whose hash does not fit, or None when the chain holds to its end."""
    rows = connection.execute(
        select(history_event).where(history_event.c.instance_id == instance_id).order_by(history_event.c.seq)
    ).mappings()
    previous, seq = "", 0
    for row in rows:
        seq += 1
        parts = (row["actor"], row["on_behalf_of"], row["kind"], row["process"], row["element"], row["detail"])
        previous = link(previous, seq, moment_text(row["at"]), *parts)
        if row["seq"] != seq or row["hash"] != previous:
            return seq
    head = connection.execute(
        select(process_instance.c.history_seq, process_instance.c.history_hash).where(
            process_instance.c.id == instance_id
        )
    ).one_or_none()
    return None if head is None or tuple(head) == (seq, previous) else seq + 1
