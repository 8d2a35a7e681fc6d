"""What follows from measuring: improvement actions with an owner and a day, and proposals to change a process."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from crm import records
from crm.tables import change_proposal, improvement_action


def plan(
    connection: Connection,
    run_id: int | None,
    text: str,
    owner: str,
    due: date,
    *,
    measure: str | None = None,
    by: str,
    at: datetime,
) -> int:
    """Adds an improvement action and gives its id."""
    row = {"measure_run_id": run_id, "text": text, "owner": owner, "due": due, "measure": measure}
    return records.insert(connection, improvement_action, row, by=by, at=at)


def forget_planned(connection: Connection, run_id: int) -> None:
    """Takes back the open actions of a run whose report was refused: they are planned anew."""
    at = improvement_action.c
    connection.execute(improvement_action.delete().where(at.measure_run_id == run_id, at.status == "open"))


def propose(
    connection: Connection,
    run_id: int | None,
    process_key: str,
    change: str,
    expected_effect: str | None,
    owner: str,
    *,
    by: str,
    at: datetime,
) -> int:
    """Adds a proposal to change a process and gives its id."""
    row = {
        "measure_run_id": run_id,
        "process_key": process_key,
        "change": change,
        "expected_effect": expected_effect,
        "owner": owner,
    }
    return records.insert(connection, change_proposal, row, by=by, at=at)
