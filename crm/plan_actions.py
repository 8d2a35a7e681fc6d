"""Actions of account plans and opportunity plans: who does what by when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from crm import records
from crm.tables import plan_action
from crm.titles import both

ACCOUNT_PLAN, OPPORTUNITY_PLAN = "account_plan", "opportunity_plan"
UNFINISHED = ("open", "late", "carried")
HUNDRED = 100


@dataclass(frozen=True)
class PlanAction:
    """One action; `done_at` is the moment of its result, `carried_from` the action it continues."""

    id: int
    parent_kind: str
    account_plan_id: int | None
    opportunity_plan_id: int | None
    type: str
    text: str
    objective: str | None
    section: str | None
    owner: str
    due: date
    status: str
    done_at: datetime | None
    result: str | None
    row_version: int


def add(
    connection: Connection, parent_kind: str, plan_id: int, values: Mapping[str, Any], *, by: str, at: datetime
) -> PlanAction:
    """Adds an action to a plan; `values` are type, text, objective, owner, due and further columns."""
    row = {"parent_kind": parent_kind, f"{parent_kind}_id": plan_id, **values}
    return get(connection, records.insert(connection, plan_action, row, by=by, at=at))


def get(connection: Connection, action_id: int) -> PlanAction:
    """One action by its id; raises `RecordNotFound`."""
    query = select(*records.columns(plan_action, PlanAction)).where(plan_action.c.id == action_id)
    return records.one(connection, PlanAction, query, both(f"action {action_id}", f"行动 {action_id}"))


def of_plan(
    connection: Connection, parent_kind: str, plan_id: int, statuses: tuple[str, ...] | None = None
) -> tuple[PlanAction, ...]:
    """The actions of a plan by due day, only those in some states where these are given."""
    query = select(*records.columns(plan_action, PlanAction)).where(_belongs(parent_kind, plan_id))
    if statuses is not None:
        query = query.where(plan_action.c.status.in_(statuses))
    return records.every(connection, PlanAction, query.order_by(plan_action.c.due, plan_action.c.id))


def change(
    connection: Connection, action: PlanAction, changes: Mapping[str, Any], *, by: str, at: datetime
) -> PlanAction:
    """Changes an action as it was seen; raises `VersionConflict`."""
    record = f"action {action.text}"
    version = records.update(
        connection, plan_action, action.id, action.row_version, changes, by=by, at=at, record=record
    )
    kept = {name: value for name, value in changes.items() if name in PlanAction.__dataclass_fields__}
    return replace(action, **kept, row_version=version)


def on_time_pct(connection: Connection, parent_kind: str, plan_id: int, today: date) -> int:
    """The share of the actions due so far that were done by their day, in percent; 100 when none was due."""
    at = plan_action.c
    due = (_belongs(parent_kind, plan_id), at.due <= today, at.status != "dropped")
    found = connection.execute(select(at.status, at.due, at.done_at).where(*due)).all()
    done = [row for row in found if row.status == "done" and row.done_at and row.done_at.date() <= row.due]
    return HUNDRED * len(done) // len(found) if found else HUNDRED


def _belongs(parent_kind: str, plan_id: int) -> ColumnElement[bool]:
    return plan_action.c[f"{parent_kind}_id"] == plan_id


def set_planned(
    connection: Connection,
    parent_kind: str,
    plan_id: int,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: str,
    at: datetime,
) -> None:
    """Makes these rows the unfinished actions of a plan: known by their text they change, others are added.

    Rows are type, text, objective, owner and due. An unfinished action that is not among them is dropped.
    """
    there = {action.text: action for action in of_plan(connection, parent_kind, plan_id, UNFINISHED)}
    for text, action in there.items():
        if text not in {row["text"] for row in rows}:
            change(connection, action, {"status": "dropped", "result": None}, by=by, at=at)
    for row in rows:
        values = {name: row.get(name) for name in ("type", "text", "objective", "owner", "due")}
        if row["text"] in there:
            change(connection, there[row["text"]], {**values, "status": "open"}, by=by, at=at)
        else:
            add(connection, parent_kind, plan_id, values, by=by, at=at)
