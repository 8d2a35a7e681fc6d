"""The read-only views that forms show: pipeline, target gap, account plan, peer deals.

Lists take `visible`, the reader's condition from `access`, so that a form never shows more than
its reader may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, func, select, type_coerce

from crm import account_plans, periods, records, thresholds
from crm.account_plans import AccountPlan, PendedLine
from crm.opportunities import Opportunity
from crm.opportunity_search import OpportunityRow, rows_query
from crm.tables import forecast_line, opportunity, sales_target
from crm.tables.types import Fixed

WON = ("won", "closed")
PEERS = 5
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
Product = Fixed(38, 4)


@dataclass(frozen=True)
class Pipeline:
    """The active opportunities of one owner, by close date; load against capacity in number of deals."""

    rows: tuple[OpportunityRow, ...]
    amount: Decimal
    weighted: Decimal
    load: int
    capacity: int


@dataclass(frozen=True)
class TargetGap:
    """A quarter of one owner in base currency (RP-02); without a target, `gap` is None."""

    period: str
    target: Decimal | None
    won: Decimal
    commit: Decimal
    weighted: Decimal
    gap: Decimal | None


@dataclass(frozen=True)
class PlanView:
    """The account plan in use, and the deferred opportunities noted in it."""

    plan: AccountPlan
    pended: tuple[PendedLine, ...]


def weighted_sum() -> ColumnElement[Decimal]:
    """SQL: the sum of amount x probability over opportunities, in hundredths."""
    at = opportunity.c
    return type_coerce(func.coalesce(func.sum(at.amount_base * at.win_probability), 0), Product)


def pipeline(connection: Connection, owner: str, visible: ColumnElement[bool], now: datetime) -> Pipeline:
    """What one owner works on at present, as far as the reader may see it."""
    at = opportunity.c
    query = rows_query().where(at.owner == owner, at.status == "active", visible)
    rows = records.every(connection, OpportunityRow, query.order_by(at.expected_close_date.asc().nulls_last(), at.id))
    amounts = [(row.amount_base or Decimal(0), row.win_probability or Decimal(0)) for row in rows]
    return Pipeline(
        rows=rows,
        amount=sum((amount for amount, _ in amounts), Decimal(0)),
        weighted=sum((amount * chance / HUNDRED for amount, chance in amounts), Decimal(0)).quantize(CENT),
        load=len(rows),
        capacity=int(thresholds.in_force(connection, now).params["rep_capacity"]),
    )


def target_gap(connection: Connection, owner: str, on: date) -> TargetGap:
    """How far the owner is from the target of the quarter: won, committed, weighted, what is missing."""
    period = periods.quarter(on)
    days = periods.days(period)
    at, goal = opportunity.c, sales_target.c
    target = connection.execute(
        select(goal.target).where(goal.owner == owner, goal.period == period, goal.measure == "won_amount")
    ).scalar_one_or_none()
    own = (at.owner == owner, at.status.in_(WON), at.outcome_date.between(*days))
    won = connection.execute(select(func.sum(at.actual_amount)).where(*own)).scalar() or Decimal(0)
    commit = won + _committed(connection, owner, period)
    expected = (at.owner == owner, at.status == "active", at.expected_close_date.between(*days))
    weighted = connection.execute(select(weighted_sum()).where(*expected)).scalar_one() / HUNDRED
    gap = None if target is None else target - commit
    return TargetGap(period, target, won, commit, weighted.quantize(CENT), gap)


def _committed(connection: Connection, owner: str, period: str) -> Decimal:
    line = forecast_line.c
    query = select(func.sum(line.revenue_potential)).where(
        line.owner == owner, line.period == period, line.category == "commit", line.left_at.is_(None)
    )
    return connection.execute(query).scalar() or Decimal(0)


def account_plan(connection: Connection, account_id: int) -> PlanView | None:
    """The plan in use of an account with its deferred opportunities, or None."""
    plan = account_plans.in_use(connection, account_id)
    return PlanView(plan, account_plans.pended(connection, plan.id)) if plan else None


def peer_deals(connection: Connection, deal: Opportunity, visible: ColumnElement[bool]) -> tuple[OpportunityRow, ...]:
    """The five active opportunities nearest in amount, as far as the reader may see them."""
    at = opportunity.c
    amount = deal.amount_base or Decimal(0)
    distance = func.abs(func.coalesce(at.amount_base, 0) - type_coerce(amount, at.amount_base.type))
    query = rows_query().where(at.status == "active", at.id != deal.id, visible)
    return records.every(connection, OpportunityRow, query.order_by(distance, at.id).limit(PEERS))
