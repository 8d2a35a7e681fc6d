"""Activities of an opportunity: calls, visits, mails, meetings and tasks, planned and done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from crm import records
from crm.tables import opportunity_activity


def plan(
    connection: Connection, opportunity_id: int, subject: str, owner: str, due: date, *, by: str, at: datetime
) -> int:
    """Adds a task that somebody does by a day and gives its id."""
    values = {"opportunity_id": opportunity_id, "type": "task", "subject": subject, "owner": owner, "due": due}
    return records.insert(connection, opportunity_activity, values, by=by, at=at)


def open_tasks(connection: Connection, opportunity_id: int) -> Sequence[RowMapping]:
    """The tasks of an opportunity that are not done yet, by due day."""
    column = opportunity_activity.c
    query = select(opportunity_activity).where(
        column.opportunity_id == opportunity_id, column.type == "task", column.done_at.is_(None)
    )
    return connection.execute(query.order_by(column.due, column.id)).mappings().all()


def finish(connection: Connection, task: RowMapping, *, by: str, at: datetime) -> None:
    """Notes that a task is done; raises `VersionConflict`."""
    record, version = str(task["subject"]), task["row_version"]
    records.update(connection, opportunity_activity, task["id"], version, {"done_at": at}, by=by, at=at, record=record)
