"""How an opportunity moved: its stage and status history, read back (only `opportunities` writes it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from crm import records
from crm.tables import opportunity_stage_history


@dataclass(frozen=True)
class Move:
    """One move; `amount_base` and `probability` are those of that moment, `days_in_stage` the stay that it ended."""

    id: int
    from_stage: str | None
    to_stage: str | None
    from_status: str | None
    to_status: str
    moved_at: datetime
    moved_by: str
    amount_base: Decimal | None
    probability: Decimal | None
    days_in_stage: int | None
    reason: str | None


def listing(connection: Connection, opportunity_id: int) -> tuple[Move, ...]:
    """The moves of one opportunity, newest first."""
    at = opportunity_stage_history.c
    query = select(*records.columns(opportunity_stage_history, Move)).where(at.opportunity_id == opportunity_id)
    return records.every(connection, Move, query.order_by(at.moved_at.desc(), at.id.desc()))
