"""Evaluations of an opportunity: pre-qualification, assessment, stage reviews; only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.tables import opportunity_evaluation


@dataclass(frozen=True)
class Evaluation:
    """One evaluation; `imported` marks neutral defaults that an import put in place of a real one."""

    id: int
    opportunity_id: int
    kind: str
    answers: dict[str, Any]
    score: Decimal | None
    knockout: bool
    recommendation: str | None
    override: str | None
    max_discount_pct: Decimal
    non_standard_terms: bool
    delivery_risk: int
    imported: bool
    evaluated_at: datetime
    evaluated_by: str


def add(connection: Connection, opportunity_id: int, kind: str, *, by: str, at: datetime, **values: Any) -> int:
    """Appends an evaluation (`kind`: prequal, assessment, stage); `values` are further columns."""
    who = {"evaluated_by": by, "evaluated_at": at}
    row = {"opportunity_id": opportunity_id, "kind": kind, **who, **values}
    table = opportunity_evaluation
    return int(connection.execute(table.insert().values(**row).returning(table.c.id)).scalar_one())


def latest(connection: Connection, opportunity_id: int, kind: str = "assessment") -> Evaluation | None:
    """The newest evaluation of a kind, or None."""
    at = opportunity_evaluation.c
    query = select(*records.columns(opportunity_evaluation, Evaluation))
    query = query.where(at.opportunity_id == opportunity_id, at.kind == kind)
    newest = query.order_by(at.evaluated_at.desc(), at.id.desc()).limit(1)
    found = records.every(connection, Evaluation, newest)
    return found[0] if found else None


def listing(connection: Connection, opportunity_id: int) -> tuple[Evaluation, ...]:
    """All evaluations of an opportunity, the newest first."""
    at = opportunity_evaluation.c
    query = select(*records.columns(opportunity_evaluation, Evaluation))
    query = query.where(at.opportunity_id == opportunity_id)
    return records.every(connection, Evaluation, query.order_by(at.evaluated_at.desc(), at.id.desc()))
