"""Feature flags: parts of the product that a company switches on or off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from crm import records
from crm.errors import RecordNotFound
from crm.tables import feature_flag
from crm.titles import both


def enabled(connection: Connection, name: str) -> bool:
    """Whether a flag is on; an unknown flag is off."""
    query = select(feature_flag.c.enabled).where(feature_flag.c.name == name)
    return bool(connection.execute(query).scalar_one_or_none())


def every(connection: Connection) -> dict[str, bool]:
    """All flags by name."""
    query = select(feature_flag.c.name, feature_flag.c.enabled).order_by(feature_flag.c.name)
    return {name: on for name, on in connection.execute(query)}


def switch(connection: Connection, name: str, on: bool, *, by: str, at: datetime) -> None:
    """Switches a flag; raises `RecordNotFound` for an unknown one."""
    at_flag = feature_flag.c
    row = connection.execute(select(at_flag.row_version).where(at_flag.name == name)).one_or_none()
    if row is None:
        raise RecordNotFound(record=both(f"feature flag {name}", f"功能开关 {name}"))
    records.update(connection, feature_flag, name, row.row_version, {"enabled": on}, by=by, at=at, record=name)
