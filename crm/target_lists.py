"""Putting an approved list of target accounts into effect."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from crm import account_plans, accounts, periods, targeting, users
from crm.accounts import Account
from crm.targeting import Candidate, Round


def record(connection: Connection, current: Round, *, today: date, by: str, at: datetime) -> tuple[Candidate, ...]:
    """Makes the approved candidates of a round target accounts and gives them; the round is then recorded.

    Tier, owner, sponsor and team follow, and an account without a plan for the time gets a draft. Accounts in
    scope that are not on the list are targets no longer.
    """
    targets = tuple(one for one in targeting.candidates(connection, current.id) if one.decision == "target")
    _release(connection, current, {one.account_id for one in targets}, by=by, at=at)
    for one in targets:
        customer = _mark(connection, one, by=by, at=at)
        accounts.join_team(connection, customer, one.team or [], valid_from=today, access="change", by=by, at=at)
        if account_plans.current(connection, customer.id) is None:
            _draft(connection, customer, current.period, by=by, at=at)
    targeting.change_round(connection, current, {"status": "recorded"}, by=by, at=at)
    return targets


def _mark(connection: Connection, one: Candidate, *, by: str, at: datetime) -> Account:
    customer = accounts.by_id(connection, one.account_id)
    changes: dict[str, Any] = {"is_target": True, "tier": one.tier, "executive_sponsor": one.executive_sponsor}
    if one.owner and one.owner != customer.owner:
        changes |= {"owner": one.owner, "org_unit_id": users.get(connection, one.owner).org_unit_id}
    return accounts.change(connection, customer, changes, by=by, at=at)


def _release(connection: Connection, current: Round, kept: Collection[int], *, by: str, at: datetime) -> None:
    for customer in targeting.eligible(connection, current.scope):
        if customer.is_target and customer.id not in kept:
            accounts.change(connection, customer, {"is_target": False}, by=by, at=at)


def _draft(connection: Connection, customer: Account, period: str, *, by: str, at: datetime) -> None:
    first, last = periods.days(period)
    days = {"period_start": first, "period_end": last}
    account_plans.create(connection, customer.id, customer.owner, period, by=by, at=at, **days)
