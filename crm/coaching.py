"""Notes of a coach for a rep, about a call; only the rep and the management line read them (catalogue 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from crm import records
from crm.tables import coaching_note


@dataclass(frozen=True)
class CoachingNote:
    """One note: `owner` is the rep, `author` the coach; `kind` is rehearsal, call or measure."""

    id: int
    owner: str
    author: str
    sales_call_id: int | None
    kind: str
    text: str
    due: date | None
    status: str
    created_at: datetime


def add(
    connection: Connection, rep: str, text: str, *, kind: str, by: str, at: datetime, sales_call_id: int | None = None,
    due: date | None = None,
) -> None:  # fmt: skip
    """Writes a note for a rep; the coach is who writes it."""
    values = {"owner": rep, "author": by, "sales_call_id": sales_call_id, "kind": kind, "text": text, "due": due}
    records.insert(connection, coaching_note, values, by=by, at=at)


def of_call(connection: Connection, call_id: int) -> tuple[CoachingNote, ...]:
    """The notes about a call, the oldest first."""
    at = coaching_note.c
    query = select(*records.columns(coaching_note, CoachingNote)).where(at.sales_call_id == call_id)
    return records.every(connection, CoachingNote, query.order_by(at.id))
