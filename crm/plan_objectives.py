"""What an account plan wants to achieve: measured objectives, set together and compared with results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.tables import plan_objective

MOST_ATTAINED = Decimal("1.5")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Objective:
    """One objective; revenue and margin in base currency, share in percent, the others in points of their measure."""

    id: int
    type: str
    measure: str
    baseline: Decimal | None
    target: Decimal
    actual: Decimal | None
    due: date
    owner: str
    row_version: int


def of_plan(connection: Connection, plan_id: int) -> tuple[Objective, ...]:
    """The objectives of a plan, in the order in which they were set."""
    at = plan_objective.c
    query = select(*records.columns(plan_objective, Objective)).where(at.account_plan_id == plan_id)
    return records.every(connection, Objective, query.order_by(at.id))


def set_all(connection: Connection, plan_id: int, rows: Sequence[Mapping[str, Any]], *, by: str, at: datetime) -> None:
    """Makes these rows the objectives of a plan; one of the same type and measure keeps its actual."""
    there = {(one.type, one.measure): one for one in of_plan(connection, plan_id)}
    wanted = {(row["type"], row["measure"]): row for row in rows}
    for key, one in there.items():
        if key not in wanted:
            connection.execute(plan_objective.delete().where(plan_objective.c.id == one.id))
    for key, row in wanted.items():
        values = {name: row.get(name) for name in ("baseline", "target", "due", "owner")}
        if key in there:
            change(connection, there[key], values, by=by, at=at)
        else:
            new = {"account_plan_id": plan_id, "type": key[0], "measure": key[1], **values}
            records.insert(connection, plan_objective, new, by=by, at=at)


def change(connection: Connection, objective: Objective, changes: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Changes an objective as it was seen; raises `VersionConflict`."""
    version, record = objective.row_version, f"objective {objective.measure}"
    records.update(connection, plan_objective, objective.id, version, changes, by=by, at=at, record=record)


def attainment_pct(found: Sequence[Objective]) -> int:
    """How far the objectives with results are reached (RP-07): the mean of actual to target, each at most 150 %.

    100 where none has a result yet: nothing is behind.
    """
    shares = [min(one.actual / one.target, MOST_ATTAINED) for one in found if one.actual is not None and one.target > 0]
    return int(sum(shares) * HUNDRED / len(shares)) if shares else int(HUNDRED)
