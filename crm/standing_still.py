"""Opportunities that stay in a stage for longer than is healthy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from crm.tables import opportunity, sales_stage, users


@dataclass(frozen=True)
class Still:
    """An active opportunity, its stage in both languages, and by how many full days it is too long in it."""

    number: str
    name: str
    owner: str
    manager: str | None
    stage: str
    stage_zh: str
    days_over: int


def listing(connection: Connection, now: datetime) -> tuple[Still, ...]:
    """Those that are over the longest healthy stay of their stage, by number."""
    at, stage = opportunity.c, sales_stage.c
    query = (
        select(
            at.number,
            at.name.label("name"),
            at.owner,
            users.c.manager,
            stage.name.label("stage"),
            stage.name_zh.label("stage_zh"),
            stage.max_days,
            at.stage_entered_at,
        )
        .join(sales_stage, stage.key == at.stage)
        .outerjoin(users, users.c.login == at.owner)
        .where(at.status == "active", at.stage_entered_at.is_not(None))
        .order_by(at.number)
    )
    found = []
    for row in connection.execute(query):
        over = (now - row.stage_entered_at).days - row.max_days
        if over > 0:
            found.append(Still(row.number, row.name, row.owner, row.manager, row.stage, row.stage_zh, over))
    return tuple(found)
