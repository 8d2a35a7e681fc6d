"""Forecast lines: one current line per opportunity in the pipeline; one that leaves keeps its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from crm import periods, records
from crm.opportunities import Opportunity
from crm.tables import forecast_line


@dataclass(frozen=True)
class ForecastLine:
    """What one opportunity is expected to bring; `probability` in percent, `left_at` set once it left."""

    id: int
    opportunity_id: int
    owner: str
    period: str | None
    probability: Decimal
    close_date: date | None
    revenue_potential: Decimal
    category: str
    stale: bool
    left_at: datetime | None
    row_version: int


def current(connection: Connection, opportunity_id: int) -> ForecastLine | None:
    """The line that counts at present, or None."""
    at = forecast_line.c
    query = select(*records.columns(forecast_line, ForecastLine))
    query = query.where(at.opportunity_id == opportunity_id, at.left_at.is_(None))
    found = records.every(connection, ForecastLine, query)
    return found[0] if found else None


def enter(
    connection: Connection, deal: Opportunity, category: str, probability: Decimal, *, by: str, at: datetime
) -> None:
    """Puts an opportunity into the forecast with a probability in percent, or brings its line up to date."""
    values: dict[str, object] = {
        "owner": deal.owner,
        "period": periods.quarter(deal.expected_close_date) if deal.expected_close_date else None,
        "probability": probability,
        "close_date": deal.expected_close_date,
        "revenue_potential": deal.amount_base or Decimal(0),
        "category": category,
        "stale": False,
    }
    line = current(connection, deal.id)
    if line is None:
        records.insert(connection, forecast_line, {"opportunity_id": deal.id, **values}, by=by, at=at)
    else:
        change(connection, line, values, deal.number, by=by, at=at)


def refresh(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> None:
    """Brings an opportunity's line up to date, if it has one."""
    line = current(connection, deal.id)
    if line is not None:
        probability = line.probability if deal.win_probability is None else deal.win_probability
        enter(connection, deal, line.category, probability, by=by, at=at)


def leave(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> None:
    """Takes an opportunity out of the forecast; nothing happens when it is not in it."""
    line = current(connection, deal.id)
    if line is not None:
        change(connection, line, {"left_at": at}, deal.number, by=by, at=at)


def change(
    connection: Connection,
    line: ForecastLine,
    values: dict[str, object],
    number: str,
    *,
    by: str,
    at: datetime,
) -> None:
    """Changes a line of the opportunity that `number` names; raises `VersionConflict`."""
    record = f"forecast line of {number}"
    records.update(connection, forecast_line, line.id, line.row_version, values, by=by, at=at, record=record)
