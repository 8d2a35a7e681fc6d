"""Account plans, as far as deferred opportunities and the review of key customer plans need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.tables import account_plan, account_plan_pended

IN_USE = ("approved", "active", "revising")


@dataclass(frozen=True)
class AccountPlan:
    """One version of a plan for one period."""

    id: int
    number: str
    account_id: int
    period: str
    version: int
    status: str
    vision: str | None
    strategies: str | None
    coverage_ratio: Decimal | None
    completeness_pct: Decimal | None
    plan_health: str | None
    owner: str


@dataclass(frozen=True)
class PendedLine:
    """A deferred opportunity noted in a plan."""

    pended_item_id: int
    text: str
    resume_date: date


def create(
    connection: Connection,
    account_id: int,
    owner: str,
    period: str,
    *,
    by: str,
    at: datetime,
    **values: Any,
) -> int:
    """Adds a plan with the next number and gives its id."""
    number = records.number(connection, "account_plan")
    row = {"number": number, "account_id": account_id, "owner": owner, "period": period}
    return records.insert(connection, account_plan, row | values, by=by, at=at)


def get(connection: Connection, number: str) -> AccountPlan:
    """One plan by number (APL-0001); raises `RecordNotFound`."""
    query = select(*records.columns(account_plan, AccountPlan)).where(account_plan.c.number == number)
    return records.one(connection, AccountPlan, query, number)


def in_use(connection: Connection, account_id: int) -> AccountPlan | None:
    """The newest plan that is approved, active or being revised, or None."""
    at = account_plan.c
    query = select(*records.columns(account_plan, AccountPlan))
    query = query.where(at.account_id == account_id, at.status.in_(IN_USE))
    found = records.every(connection, AccountPlan, query.order_by(at.period.desc(), at.version.desc()).limit(1))
    return found[0] if found else None


def pended(connection: Connection, plan_id: int) -> tuple[PendedLine, ...]:
    """The deferred opportunities noted in a plan, by resume date."""
    at = account_plan_pended.c
    query = select(*records.columns(account_plan_pended, PendedLine)).where(at.account_plan_id == plan_id)
    return records.every(connection, PendedLine, query.order_by(at.resume_date, at.id))


def note_pended(
    connection: Connection,
    plan_id: int,
    pended_item_id: int,
    text: str,
    resume_date: date,
    *,
    by: str,
    at: datetime,
) -> None:
    """Notes a deferred opportunity in a plan once; again for the same one changes its date and text."""
    column = account_plan_pended.c
    same = (column.account_plan_id == plan_id, column.pended_item_id == pended_item_id)
    values = {"text": text, "resume_date": resume_date}
    done = connection.execute(account_plan_pended.update().where(*same).values(**values, updated_by=by, updated_at=at))
    if done.rowcount == 0:
        row = {"account_plan_id": plan_id, "pended_item_id": pended_item_id, **values}
        records.insert(connection, account_plan_pended, row, by=by, at=at)
