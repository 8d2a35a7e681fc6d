"""The org units: a tree of regions and teams, each with its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import available_timezones

from sqlalchemy import CTE, Connection, literal, select

from crm import records
from crm.errors import InvalidValue
from crm.tables import calendar_day, org_unit
from crm.titles import both

DEEPEST = 20


@dataclass(frozen=True)
class OrgUnit:
    """One unit; the top unit has no parent."""

    id: int
    code: str
    name: str
    name_zh: str
    parent_id: int | None
    time_zone: str


def create(
    connection: Connection,
    code: str,
    name: str,
    name_zh: str,
    *,
    parent_id: int | None = None,
    time_zone: str,
    by: str,
    at: datetime,
) -> int:
    """Adds a unit and gives its id; raises `InvalidValue` for an unknown time zone."""
    if time_zone not in available_timezones():
        expected = both("a time zone such as Asia/Shanghai", "时区，如 Asia/Shanghai")
        raise InvalidValue(
            expected=expected, field="time_zone", record=both(f"org unit {code}", f"组织单元 {code}"), value=time_zone
        )
    values = {"code": code, "name": name, "name_zh": name_zh, "parent_id": parent_id, "time_zone": time_zone}
    return records.insert(connection, org_unit, values, by=by, at=at)


def listing(connection: Connection) -> tuple[OrgUnit, ...]:
    """All units, by code."""
    query = select(*records.columns(org_unit, OrgUnit)).order_by(org_unit.c.code)
    return records.every(connection, OrgUnit, query)


def subtree(unit: int) -> CTE:
    """A recursive query (id): a unit and everything below it."""
    tree = select(org_unit.c.id, literal(0).label("depth")).where(org_unit.c.id == unit)
    below = tree.cte(recursive=True)
    step = (
        select(org_unit.c.id, below.c.depth + 1)
        .join(below, org_unit.c.parent_id == below.c.id)
        .where(below.c.depth < DEEPEST)
    )
    return below.union_all(step)


def set_day(
    connection: Connection,
    day: date,
    name: str,
    name_zh: str,
    *,
    working: bool = False,
    unit: int | None = None,
    by: str,
    at: datetime,
) -> int:
    """Enters a holiday (or, with `working`, a working Saturday) for a unit and those below, or for all."""
    values = {"day": day, "name": name, "name_zh": name_zh, "working": working, "org_unit_id": unit}
    return records.insert(connection, calendar_day, values, by=by, at=at)
