"""The agenda of a sales call, and what was noted during it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records
from crm.errors import InvalidValue
from crm.sales_calls import SalesCall
from crm.tables import call_agenda_item, call_note

MOST_OPEN_CONCERNS = 10
"""Table D11 counts no further."""


@dataclass(frozen=True)
class AgendaItem:
    """One topic: how long, who leads it (a login), and whether it was covered."""

    id: int
    position: int
    topic: str
    minutes: int
    lead: str | None
    status: str
    row_version: int


@dataclass(frozen=True)
class Note:
    """One note; `detail` holds what only its kind has, `confirmed` is for needs, `resolved` for concerns."""

    id: int
    kind: str
    text: str
    detail: dict[str, Any]
    confirmed: bool | None
    resolved: bool | None
    row_version: int
    created_at: datetime
    created_by: str


def agenda(connection: Connection, call_id: int) -> tuple[AgendaItem, ...]:
    """The topics of a call that are not dropped, in order."""
    return tuple(item for item in _items(connection, call_id) if item.status != "dropped")


def set_agenda(
    connection: Connection, call: SalesCall, items: Iterable[Mapping[str, Any]], *, by: str, at: datetime
) -> None:
    """Makes the items (topic, minutes, lead) the agenda of a call; topics left out are kept as dropped.

    Raises `InvalidValue` when they take longer than the call.
    """
    wanted = list(items)
    planned = sum(int(item["minutes"]) for item in wanted)
    if planned > call.duration_min:
        raise InvalidValue(
            "Expected an agenda of at most %(most)s minutes, but the topics take %(value)s.",
            most=call.duration_min, field="agenda", record=call.number, value=planned,
        )  # fmt: skip
    there = _items(connection, call.id)
    for position, item in enumerate(wanted, 1):
        values = {"topic": item["topic"], "minutes": item["minutes"], "lead": item.get("lead"), "status": "open"}
        row = next((one for one in there if one.position == position), None)
        if row is None:
            values |= {"sales_call_id": call.id, "position": position}
            records.insert(connection, call_agenda_item, values, by=by, at=at)
        else:
            _change_item(connection, call, row, values, by=by, at=at)
    for row in there:
        if row.position > len(wanted) and row.status != "dropped":
            _change_item(connection, call, row, {"status": "dropped"}, by=by, at=at)


def cover(connection: Connection, call: SalesCall, item_ids: Iterable[int], *, by: str, at: datetime) -> int:
    """Ticks topics that were dealt with, and gives how many are left."""
    done = set(item_ids)
    left = 0
    for item in agenda(connection, call.id):
        if item.status == "open" and item.id in done:
            _change_item(connection, call, item, {"status": "covered"}, by=by, at=at)
        elif item.status == "open":
            left += 1
    return left


def add(connection: Connection, call: SalesCall, kind: str, text: str, *, by: str, at: datetime, **values: Any) -> None:
    """Adds a note; `values` are `detail`, `confirmed`, `resolved`."""
    row = {"sales_call_id": call.id, "kind": kind, "text": text, **values}
    records.insert(connection, call_note, row, by=by, at=at)


def listing(connection: Connection, call_id: int, *kinds: str) -> tuple[Note, ...]:
    """The notes of a call of these kinds (none named: all), in the order of writing."""
    at = call_note.c
    query = select(*records.columns(call_note, Note)).where(at.sales_call_id == call_id)
    query = query.where(at.kind.in_(kinds)) if kinds else query
    return records.every(connection, Note, query.order_by(at.id))


def open_concerns(connection: Connection, call_id: int) -> int:
    """How many concerns are not settled, at most ten."""
    at = call_note.c
    wanted = (at.sales_call_id == call_id, at.kind == "concern", at.resolved.is_(False))
    found = connection.execute(select(func.count()).select_from(call_note).where(*wanted)).scalar_one()
    return min(int(found), MOST_OPEN_CONCERNS)


def settle_concerns(connection: Connection, call: SalesCall, *, by: str, at: datetime) -> None:
    """Marks every open concern of a call as resolved."""
    for note in listing(connection, call.id, "concern"):
        if note.resolved is False:
            changes = {"resolved": True}
            records.update(connection, call_note, note.id, note.row_version, changes, by=by, at=at, record=call.number)


def _items(connection: Connection, call_id: int) -> tuple[AgendaItem, ...]:
    at = call_agenda_item.c
    query = select(*records.columns(call_agenda_item, AgendaItem)).where(at.sales_call_id == call_id)
    return records.every(connection, AgendaItem, query.order_by(at.position))


def _change_item(
    connection: Connection, call: SalesCall, item: AgendaItem, changes: Mapping[str, Any], *, by: str, at: datetime
) -> None:
    moved = {name: value for name, value in changes.items() if getattr(item, name) != value}
    if moved:
        records.update(connection, call_agenda_item, item.id, item.row_version, moved, by=by, at=at, record=call.number)
