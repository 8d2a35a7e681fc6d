"""Forecasts: what one person expects of a quarter, from its lines to the published figure (SF-1, report RP-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from crm import forecast as lines
from crm import periods, records, snapshots, states
from crm.opportunities import Opportunity
from crm.tables import forecast, forecast_line, opportunity, sales_target, users

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
SOLD = ("won", "closed")


@dataclass(frozen=True)
class Forecast:
    """One version of one person's forecast of a quarter, in base currency; `moved_pct` against the version before."""

    id: int
    number: str
    owner: str
    period: str
    version: int
    weighted: Decimal
    commit_lines: Decimal
    best_case_lines: Decimal
    coverage: Decimal | None
    moved_pct: Decimal | None
    commit_amount: Decimal | None
    best_case: Decimal | None
    risks: str | None
    manager_amount: Decimal | None
    stale: bool
    status: str
    row_version: int


def get(connection: Connection, number: str) -> Forecast:
    """One forecast by number (FOR-0001); raises `RecordNotFound`."""
    query = select(*records.columns(forecast, Forecast)).where(forecast.c.number == number)
    return records.one(connection, Forecast, query, number)


def newest(connection: Connection, owner: str, period: str, status: str | None = None) -> Forecast | None:
    """The newest version of somebody's forecast of a quarter, or None; of one status where it is given."""
    at = forecast.c
    query = select(*records.columns(forecast, Forecast)).where(at.owner == owner, at.period == period)
    if status is not None:
        query = query.where(at.status == status)
    found = records.every(connection, Forecast, query.order_by(at.version.desc()).limit(1))
    return found[0] if found else None


def open_for(connection: Connection, owner: str, period: str, *, by: str, at: datetime) -> Forecast:
    """The forecast that is being worked on; a new version when there is none or the last one is published."""
    there = newest(connection, owner, period)
    if there is not None and there.status != "published":
        return there
    number = records.number(connection, "forecast")
    unit = connection.execute(select(users.c.org_unit_id).where(users.c.login == owner)).scalar_one()
    row = {"number": number, "owner": owner, "org_unit_id": unit, "period": period}
    row["version"] = there.version + 1 if there else 1
    records.insert(connection, forecast, row, by=by, at=at)
    return get(connection, number)


def deals_of(connection: Connection, owner: str) -> tuple[Opportunity, ...]:
    """The active opportunities of a person, by close date."""
    return _deals(connection, opportunity.c.owner == owner)


def deals_with(connection: Connection, account_id: int) -> tuple[Opportunity, ...]:
    """The active opportunities with a customer, by close date."""
    return _deals(connection, opportunity.c.account_id == account_id)


def _deals(connection: Connection, condition: ColumnElement[bool]) -> tuple[Opportunity, ...]:
    at = opportunity.c
    query = select(*records.columns(opportunity, Opportunity)).where(condition, at.status == "active")
    return records.every(connection, Opportunity, query.order_by(at.expected_close_date.asc().nulls_last(), at.id))


def set_line(
    connection: Connection,
    deal: Opportunity,
    *,
    probability: Decimal,
    close_date: date,
    revenue_potential: Decimal,
    comment: str | None,
    by: str,
    at: datetime,
) -> int:
    """Keeps what is expected of one opportunity and gives the id of its line."""
    values: dict[str, Any] = {
        "owner": deal.owner,
        "period": periods.quarter(close_date),
        "probability": probability,
        "close_date": close_date,
        "revenue_potential": revenue_potential,
        "comment": comment,
        "stale": False,
    }
    there = lines.current(connection, deal.id)
    if there is None:
        row = {"opportunity_id": deal.id, "category": "pipeline", **values}
        return records.insert(connection, forecast_line, row, by=by, at=at)
    lines.change(connection, there, values, deal.number, by=by, at=at)
    return there.id


def categorize(connection: Connection, deal: Opportunity, category: str, *, by: str, at: datetime) -> None:
    """Gives an opportunity's line its category (D21), if it has a line."""
    there = lines.current(connection, deal.id)
    if there is not None and there.category != category:
        lines.change(connection, there, {"category": category}, deal.number, by=by, at=at)


def recalculate(connection: Connection, there: Forecast, *, by: str, at: datetime) -> Forecast:
    """Works out the figures of RP-02 from the lines and what is won, and keeps snapshots of the open opportunities."""
    sold = won(connection, there.owner, there.period)
    found = _lines(connection, there.owner, there.period)
    commit = sold + _sum(found, "commit")
    weighted = sold + sum((line.revenue_potential * line.probability / HUNDRED for line in found), Decimal(0))
    last = newest(connection, there.owner, there.period, "published")
    changes = {
        "weighted": weighted.quantize(CENT, ROUND_HALF_UP),
        "commit_lines": commit,
        "best_case_lines": commit + _sum(found, "best_case"),
        "coverage": _coverage(connection, there, found, sold),
        "moved_pct": _moved(last, commit),
    }
    snapshots.take_nightly(connection, at.date(), at=at)
    return _write(connection, there, changes, by=by, at=at)


def _lines(connection: Connection, owner: str, period: str) -> tuple[lines.ForecastLine, ...]:
    line = forecast_line.c
    query = (
        select(*records.columns(forecast_line, lines.ForecastLine))
        .join(opportunity, opportunity.c.id == line.opportunity_id)
        .where(line.owner == owner, line.period == period, line.left_at.is_(None), opportunity.c.status == "active")
    )
    return records.every(connection, lines.ForecastLine, query)


def _sum(found: Sequence[lines.ForecastLine], category: str) -> Decimal:
    return sum((line.revenue_potential for line in found if line.category == category), Decimal(0))


def won(connection: Connection, owner: str, period: str) -> Decimal:
    """What somebody won in a period, in base currency."""
    at = opportunity.c
    query = select(func.sum(at.actual_amount)).where(
        at.owner == owner, at.status.in_(SOLD), at.outcome_date.between(*periods.days(period))
    )
    return connection.execute(query).scalar() or Decimal(0)


def target(connection: Connection, owner: str, period: str) -> Decimal | None:
    """Somebody's target of won amount for a period, or None."""
    goal = sales_target.c
    query = select(goal.target).where(goal.owner == owner, goal.period == period, goal.measure == "won_amount")
    return connection.execute(query).scalar_one_or_none()


def _coverage(
    connection: Connection, there: Forecast, found: Sequence[lines.ForecastLine], won: Decimal
) -> Decimal | None:
    goal = target(connection, there.owner, there.period)
    if goal is None or goal <= won:
        return None
    opened = sum((line.revenue_potential for line in found), Decimal(0))
    return (opened / (goal - won)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _moved(last: Forecast | None, commit: Decimal) -> Decimal | None:
    before = last.commit_amount if last else None
    return ((commit - before) / before * HUNDRED).quantize(CENT, ROUND_HALF_UP) if before else None


def submit(
    connection: Connection,
    there: Forecast,
    commit_amount: Decimal,
    best_case: Decimal,
    risks: str | None,
    *,
    stale: bool = False,
    by: str,
    at: datetime,
) -> Forecast:
    """Hands a forecast in; `stale` marks figures carried over because nobody handed them in (8.2)."""
    given = {"commit_amount": commit_amount, "best_case": best_case, "risks": risks, "stale": stale}
    return move(connection, there, "submitted", by=by, at=at, submitted_at=at, **given)


def move(connection: Connection, there: Forecast, status: str, *, by: str, at: datetime, **changes: Any) -> Forecast:
    """Gives a forecast another status (8.2), with further changes; raises `IllegalMove`, `VersionConflict`."""
    states.move(states.FORECAST, there.number, there.status, status)
    return _write(connection, there, {"status": status, **changes}, by=by, at=at)


def change(connection: Connection, there: Forecast, changes: dict[str, Any], *, by: str, at: datetime) -> Forecast:
    """Changes a forecast without moving it."""
    return _write(connection, there, changes, by=by, at=at)


def mark_stale(connection: Connection, owner: str, period: str, *, by: str, at: datetime) -> None:
    """Marks the lines that nobody brought up to date before the forecast was carried over."""
    for line in _lines(connection, owner, period):
        lines.change(connection, line, {"stale": True}, str(line.opportunity_id), by=by, at=at)


def _write(connection: Connection, there: Forecast, changes: dict[str, Any], *, by: str, at: datetime) -> Forecast:
    version = records.update(
        connection, forecast, there.id, there.row_version, changes, by=by, at=at, record=there.number
    )
    known = {name: value for name, value in changes.items() if name in Forecast.__dataclass_fields__}
    return replace(there, **known, row_version=version)
