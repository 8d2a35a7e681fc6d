"""Feature flags: parts of the product that a company switches on or off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from crm.errors import RecordNotFound
from crm.tables import feature_flag


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
    table = feature_flag.c
    changes = {"enabled": on, "updated_by": by, "updated_at": at, "row_version": table.row_version + 1}
    done = connection.execute(feature_flag.update().where(table.name == name).values(**changes))
    if done.rowcount != 1:
        raise RecordNotFound(record=f"feature flag {name}")
