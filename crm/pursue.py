"""Decisions to pursue an opportunity or not; every one is kept, the latest stands on the opportunity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from crm import opportunities, records
from crm.opportunities import Opportunity
from crm.tables import pursue_decision


@dataclass(frozen=True)
class PursueDecision:
    """One decision: pursue, no or defer; basis: pipeline (a review) or fast_track."""

    id: int
    decision: str
    basis: str
    rationale: str | None
    reason_code: str | None
    capacity_ok: bool | None
    plan_alignment: str | None
    decided_at: datetime
    decided_by: str


def record(
    connection: Connection,
    current: Opportunity,
    decision: str,
    *,
    basis: str,
    rationale: str | None,
    by: str,
    at: datetime,
    reason_code: str | None = None,
    capacity_ok: bool | None = None,
    plan_alignment: str | None = None,
) -> Opportunity:
    """Appends a decision and marks the opportunity; `pursue` also confirms it (`confirmed_at`).

    Raises `VersionConflict`.
    """
    values = {
        "opportunity_id": current.id,
        "decision": decision,
        "basis": basis,
        "rationale": rationale,
        "reason_code": reason_code,
        "capacity_ok": capacity_ok,
        "plan_alignment": plan_alignment,
        "decided_at": at,
        "decided_by": by,
    }
    connection.execute(pursue_decision.insert().values(**values))
    changes: dict[str, object] = {"pursue_decision": decision}
    if decision == "pursue":
        changes["confirmed_at"] = at
    return opportunities.change(connection, current, changes, by=by, at=at)


def listing(connection: Connection, opportunity_id: int) -> tuple[PursueDecision, ...]:
    """All decisions about an opportunity, the newest first."""
    at = pursue_decision.c
    query = select(*records.columns(pursue_decision, PursueDecision))
    query = query.where(at.opportunity_id == opportunity_id)
    return records.every(connection, PursueDecision, query.order_by(at.decided_at.desc(), at.id.desc()))
