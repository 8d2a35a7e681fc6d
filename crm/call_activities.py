"""Sales calls among the activities of the opportunity they serve."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from crm import records
from crm.sales_calls import SalesCall
from crm.tables import opportunity_activity

TYPES = {"visit": "visit", "phone": "call", "video": "meeting"}


def plan(connection: Connection, call: SalesCall, subject: str, *, by: str, at: datetime) -> None:
    """Writes an agreed call as an activity to come, or gives the one that is there its new day."""
    there = _activity(connection, call)
    due = None if call.start_at is None else call.start_at.date()
    if there is not None:
        row_id, version = there
        records.update(
            connection, opportunity_activity, row_id, version, {"due": due}, by=by, at=at, record=call.number
        )
        return
    values = {
        "opportunity_id": call.opportunity_id,
        "type": TYPES[call.channel],
        "subject": subject,
        "due": due,
        "owner": call.owner,
        "sales_call_id": call.id,
    }
    records.insert(connection, opportunity_activity, values, by=by, at=at)


def finish(connection: Connection, call: SalesCall, result: str | None, *, by: str, at: datetime) -> None:
    """Marks the activity of a call that was held as done, with its result; nothing when there is none."""
    there = _activity(connection, call)
    if there is not None:
        row_id, version = there
        changes = {"done_at": call.actual_end or at, "result": result}
        records.update(connection, opportunity_activity, row_id, version, changes, by=by, at=at, record=call.number)


def _activity(connection: Connection, call: SalesCall) -> tuple[int, int] | None:
    at = opportunity_activity.c
    row = connection.execute(select(at.id, at.row_version).where(at.sales_call_id == call.id)).first()
    return None if row is None else (int(row.id), int(row.row_version))
