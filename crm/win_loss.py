"""Win/loss analyses: why a deal was won or lost, to whom, and what the team found when it looked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import competition, reason_codes, records, row_lists
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from crm.row_lists import Row
from crm.tables import win_loss_analysis, win_loss_reason
from crm.titles import both


@dataclass(frozen=True)
class Analysis:
    """One analysis; `price_gap_pct` in percent, `actions` rows of action, owner and due."""

    id: int
    opportunity_id: int
    outcome: str
    decisive_factor: str | None
    reusable_assets: str | None
    chosen_competitor_id: int | None
    price_gap_pct: Decimal | None
    lessons: str | None
    revisit_date: date | None
    findings: str | None
    actions: list[dict[str, Any]]
    analysed_at: datetime
    analysed_by: str
    reviewed_at: datetime | None
    row_version: int


@dataclass(frozen=True)
class Reason:
    """One reason with its weight (1 to 100); the share is its weight over the sum of all."""

    kind: str
    code: str
    weight: int


def latest(connection: Connection, opportunity_id: int) -> Analysis | None:
    """The newest analysis of an opportunity, or None."""
    at = win_loss_analysis.c
    query = select(*records.columns(win_loss_analysis, Analysis)).where(at.opportunity_id == opportunity_id)
    found = records.every(connection, Analysis, query.order_by(at.id.desc()).limit(1))
    return found[0] if found else None


def reasons(connection: Connection, analysis: Analysis) -> tuple[Reason, ...]:
    """The reasons of an analysis, the weightiest first."""
    at = win_loss_reason.c
    query = select(*records.columns(win_loss_reason, Reason)).where(at.win_loss_analysis_id == analysis.id)
    return records.every(connection, Reason, query.order_by(at.weight.desc(), at.id))


def analyse(
    connection: Connection, deal: Opportunity, found: Sequence[Row], values: Row, *, by: str, at: datetime
) -> Analysis:
    """Keeps an analysis with its reasons (columns code, weight); `values` are further columns of the analysis.

    A chosen competitor is marked on the opportunity too. Raises `RecordNotFound` for an unknown reason.
    """
    kind = "win" if deal.outcome == "won" else "loss"
    row = {"opportunity_id": deal.id, "outcome": deal.outcome, "analysed_at": at, "analysed_by": by, **values}
    analysis_id = records.insert(connection, win_loss_analysis, row, by=by, at=at)
    for reason in found:
        reason_codes.get(connection, kind, reason["code"])
    parent = {"win_loss_analysis_id": analysis_id}
    kept = [{"kind": kind, **reason} for reason in found]
    row_lists.keep(connection, win_loss_reason, parent, kept, ("code",), by=by, at=at)
    if values.get("chosen_competitor_id"):
        competition.mark_winner(connection, deal, values["chosen_competitor_id"], by=by, at=at)
    return _get(connection, deal)


def review(
    connection: Connection, deal: Opportunity, findings: str, actions: Sequence[Row], *, by: str, at: datetime
) -> None:
    """Adds to the analysis what the team found; raises `RecordNotFound` without an analysis."""
    analysis = _get(connection, deal)
    changes = {"findings": findings, "actions": list(actions), "reviewed_at": at}
    record, version = f"win/loss analysis of {deal.number}", analysis.row_version
    records.update(connection, win_loss_analysis, analysis.id, version, changes, by=by, at=at, record=record)


def _get(connection: Connection, deal: Opportunity) -> Analysis:
    found = latest(connection, deal.id)
    if found is None:
        raise RecordNotFound(record=both(f"a win/loss analysis of {deal.number}", f"{deal.number} 的输赢分析"))
    return found
