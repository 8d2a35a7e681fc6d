"""Account plans: one per account and period, revised in place, and the deferred opportunities noted in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from crm import records, states
from crm.tables import account, account_plan, account_plan_pended
from crm.titles import both

IN_USE = ("approved", "active", "revising")
ENDED = ("retired", "expired")
RENEWED_BEFORE = timedelta(days=60)
LOOKED_AT_WITHIN = timedelta(days=31)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class AccountPlan:
    """One plan for one period; `version` counts its revisions, money is in base currency."""

    id: int
    number: str
    account_id: int
    period: str
    period_start: date | None
    period_end: date | None
    version: int
    depth: str | None
    review_cycle: str | None
    status: str
    contributors: list[str] | None
    vision: str | None
    drivers: Rows | None
    initiatives: Rows | None
    customer_csf: Rows | None
    swot: str | None
    relationship_goals: Rows | None
    competitor_positions: Rows | None
    contributions: Rows | None
    strategies: Rows | None
    resources: Rows | None
    budget: Decimal | None
    sponsor_confirmed: bool
    coverage_ratio: Decimal | None
    completeness_pct: Decimal | None
    approved_at: datetime | None
    next_review_on: date | None
    blockers: Rows | None
    customer_feedback: str | None
    satisfaction: int | None
    commitments: Rows | None
    plan_health: str | None
    owner: str
    org_unit_id: int | None
    created_at: datetime
    row_version: int

    @property
    def business_key(self) -> str:
        """How processes name this record: `account_plan:APL-0001`."""
        return f"account_plan:{self.number}"

    @property
    def strategy_texts(self) -> str:
        """The strategies in one line."""
        return "; ".join(str(row["strategy"]) for row in self.strategies or [])


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
    """Adds a plan with the next number, of the next version when there is one for the period; gives its id."""
    number = records.number(connection, "account_plan")
    same = (account_plan.c.account_id == account_id, account_plan.c.period == period)
    version = (connection.execute(select(func.max(account_plan.c.version)).where(*same)).scalar() or 0) + 1
    unit = connection.execute(select(account.c.org_unit_id).where(account.c.id == account_id)).scalar_one()
    row = {"number": number, "account_id": account_id, "owner": owner, "org_unit_id": unit, "period": period}
    return records.insert(connection, account_plan, {**row, "version": version, **values}, by=by, at=at)


def get(connection: Connection, number: str) -> AccountPlan:
    """One plan by number (APL-0001); raises `RecordNotFound`."""
    query = select(*records.columns(account_plan, AccountPlan)).where(account_plan.c.number == number)
    return records.one(connection, AccountPlan, query, number)


def by_id(connection: Connection, plan_id: int) -> AccountPlan:
    """One plan by its id; raises `RecordNotFound`."""
    query = select(*records.columns(account_plan, AccountPlan)).where(account_plan.c.id == plan_id)
    return records.one(connection, AccountPlan, query, both(f"account plan {plan_id}", f"客户计划 {plan_id}"))


def in_use(connection: Connection, account_id: int) -> AccountPlan | None:
    """The newest plan that is approved, active or being revised, or None."""
    return _newest(connection, account_id, account_plan.c.status.in_(IN_USE))


def in_force(connection: Connection, account_id: int) -> tuple[AccountPlan, ...]:
    """The active plans of an account: one, but for the moment in which the next takes its place."""
    at = account_plan.c
    query = select(*records.columns(account_plan, AccountPlan))
    return records.every(connection, AccountPlan, query.where(at.account_id == account_id, at.status == "active"))


def current(connection: Connection, account_id: int) -> AccountPlan | None:
    """The newest plan that has not ended, a draft too, or None."""
    return _newest(connection, account_id, account_plan.c.status.not_in(ENDED))


def before(connection: Connection, plan: AccountPlan) -> AccountPlan | None:
    """The plan that an account had before this one, or None."""
    return _newest(connection, plan.account_id, account_plan.c.id < plan.id)


def change(
    connection: Connection, current: AccountPlan, changes: Mapping[str, Any], *, by: str, at: datetime
) -> AccountPlan:
    """Changes a plan as it was seen; raises `VersionConflict`."""
    version, number = current.row_version, current.number
    records.update(connection, account_plan, current.id, version, changes, by=by, at=at, record=number)
    return by_id(connection, current.id)


def move(
    connection: Connection, current: AccountPlan, status: str, *, by: str, at: datetime, **changes: Any
) -> AccountPlan:
    """Brings a plan to another state (catalogue 8.2); raises `IllegalMove`, `VersionConflict`."""
    states.move(states.ACCOUNT_PLAN, current.number, current.status, status)
    return change(connection, current, {"status": status, **changes}, by=by, at=at)


def to_be_renewed(connection: Connection, on: date) -> tuple[str, ...]:
    """The numbers of the accounts whose plan in use ends within 60 days and that have no draft of the next.

    Opportunistic accounts need none (table D04).
    """
    at = account_plan.c
    drafted = select(at.account_id).where(at.status.in_(("draft", "in_review", "rework")))
    query = select(account.c.number).join(account_plan, at.account_id == account.c.id)
    planned = or_(account.c.tier.is_(None), account.c.tier != "OPPORTUNISTIC")
    ending = (at.status == "active", at.period_end <= on + RENEWED_BEFORE, at.account_id.not_in(drafted), planned)
    return tuple(connection.execute(query.where(*ending).order_by(account.c.number)).scalars())


def to_be_monitored(connection: Connection, on: date) -> tuple[str, ...]:
    """The business keys of the plans in force that nobody works, for the quarterly check of results.

    A plan that is worked is looked at every month and hands itself over to the check when its review is due, so
    that one whose review is overdue by more than a month, or not set, is not worked.
    """
    at = account_plan.c
    left_alone = or_(at.next_review_on.is_(None), at.next_review_on < on - LOOKED_AT_WITHIN)
    numbers = connection.execute(select(at.number).where(at.status == "active", left_alone).order_by(at.number))
    return tuple(f"account_plan:{number}" for number in numbers.scalars())


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


def _newest(connection: Connection, account_id: int, condition: ColumnElement[bool]) -> AccountPlan | None:
    at = account_plan.c
    query = select(*records.columns(account_plan, AccountPlan)).where(at.account_id == account_id, condition)
    query = query.order_by(at.period.desc(), at.version.desc(), at.id.desc())
    found = records.every(connection, AccountPlan, query.limit(1))
    return found[0] if found else None
