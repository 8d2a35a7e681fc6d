"""Ideas of an account plan: where we could sell more, and which of them became opportunities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.tables import opportunity_idea


@dataclass(frozen=True)
class Idea:
    """One idea; `started_at` is when it was handed on to become an opportunity."""

    id: int
    unit: str
    product: str
    est_value: Decimal | None
    timing: str | None
    create_opportunity: bool
    opportunity_id: int | None
    started_at: datetime | None
    row_version: int


def of_plan(connection: Connection, plan_id: int) -> tuple[Idea, ...]:
    """The ideas of a plan, in the order in which they were noted."""
    at = opportunity_idea.c
    query = select(*records.columns(opportunity_idea, Idea)).where(at.account_plan_id == plan_id)
    return records.every(connection, Idea, query.order_by(at.id))


def set_all(connection: Connection, plan_id: int, rows: Sequence[Mapping[str, Any]], *, by: str, at: datetime) -> None:
    """Makes these rows the ideas of a plan; those already handed on stay as they are."""
    kept = {(one.unit, one.product) for one in of_plan(connection, plan_id) if one.started_at is not None}
    column = opportunity_idea.c
    connection.execute(opportunity_idea.delete().where(column.account_plan_id == plan_id, column.started_at.is_(None)))
    for row in rows:
        if (row["unit"], row["product"]) not in kept:
            values = {name: row.get(name) for name in ("unit", "product", "est_value", "timing")}
            wanted = {"account_plan_id": plan_id, "create_opportunity": bool(row.get("create_opportunity"))}
            records.insert(connection, opportunity_idea, values | wanted, by=by, at=at)


def mark_started(connection: Connection, idea: Idea, *, by: str, at: datetime) -> None:
    """Notes that an idea was handed on to become an opportunity."""
    record, changes = f"idea {idea.product}", {"started_at": at}
    records.update(connection, opportunity_idea, idea.id, idea.row_version, changes, by=by, at=at, record=record)
