"""Rounds that choose target accounts: parameters, scored candidates, opinions, the proposal and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from crm import records, users
from crm.accounts import Account
from crm.tables import account, target_candidate, targeting_round

TIERS_PROPOSED = ("KEY", "GROWTH")
KEY = "KEY"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Round:
    """One choice of target accounts; `scope` says by what the accounts were narrowed, with the values chosen."""

    id: int
    number: str
    period: str
    scope: Mapping[str, list[str]]
    weights: Rows
    min_score: int
    max_key_accounts_per_rep: int
    status: str
    owner: str
    row_version: int

    @property
    def business_key(self) -> str:
        """How processes name this record: `targeting_round:TGT-0001`."""
        return f"targeting_round:{self.number}"

    @property
    def weight_of(self) -> dict[str, int]:
        """The weights by criterion."""
        return {row["criterion"]: row["weight"] for row in self.weights}


@dataclass(frozen=True)
class Candidate:
    """One account in a round; scores are 0 to 100, `decision` is target, removed, or not made yet."""

    id: int
    account_id: int
    account_number: str
    account_name: str
    account_owner: str
    attractiveness: Decimal | None
    position: Decimal | None
    score: Decimal | None
    tier: str | None
    stance: str | None
    nominations: Rows
    opinions: Rows
    chosen: bool
    decision: str | None
    owner: str | None
    team: list[str] | None
    executive_sponsor: str | None
    row_version: int


def open_round(connection: Connection, owner: str, *, by: str, at: datetime, **values: Any) -> Round:
    """Begins a round with its parameters."""
    number = records.number(connection, "targeting_round")
    unit = users.get(connection, owner).org_unit_id
    row = {"number": number, "owner": owner, "org_unit_id": unit, **values}
    records.insert(connection, targeting_round, row, by=by, at=at)
    return get(connection, number)


def get(connection: Connection, number: str) -> Round:
    """One round by number (TGT-0001); raises `RecordNotFound`."""
    query = select(*records.columns(targeting_round, Round)).where(targeting_round.c.number == number)
    return records.one(connection, Round, query, number)


def change_round(connection: Connection, current: Round, changes: Mapping[str, Any], *, by: str, at: datetime) -> Round:
    """Changes a round as it was seen; raises `VersionConflict`."""
    version, number = current.row_version, current.number
    records.update(connection, targeting_round, current.id, version, changes, by=by, at=at, record=number)
    return get(connection, number)


def eligible(connection: Connection, scope: Mapping[str, list[str]]) -> tuple[Account, ...]:
    """The accounts that are not inactive, narrowed by the regions and industries of the scope, by number."""
    at = account.c
    query = select(*records.columns(account, Account)).where(at.status != "inactive")
    for name, values in scope.items():
        query = query.where(at[name].in_(values))
    return records.every(connection, Account, query.order_by(at.number))


def values_of(connection: Connection, name: str) -> list[str]:
    """The values that accounts have for region or industry, in order."""
    column = account.c[name]
    found = connection.execute(select(column).where(column.is_not(None), column != "").distinct().order_by(column))
    return list(found.scalars())


def put_candidate(
    connection: Connection, current: Round, account_id: int, values: Mapping[str, Any], *, by: str, at: datetime
) -> None:
    """Writes what is known of an account in a round, whether it was a candidate before or not."""
    query = _candidates(current.id).where(target_candidate.c.account_id == account_id)
    there = records.every(connection, Candidate, query)
    if there:
        change(connection, there[0], values, by=by, at=at)
    else:
        row = {"targeting_round_id": current.id, "account_id": account_id, "nominations": [], "opinions": [], **values}
        records.insert(connection, target_candidate, row, by=by, at=at)


def candidates(connection: Connection, round_id: int) -> tuple[Candidate, ...]:
    """The candidates of a round, best score first."""
    query = _candidates(round_id).order_by(target_candidate.c.score.desc().nulls_last(), account.c.number)
    return records.every(connection, Candidate, query)


def candidate_for(connection: Connection, round_id: int, account_number: str) -> Candidate | None:
    """The candidate for one account in a round, or None."""
    found = records.every(connection, Candidate, _candidates(round_id).where(account.c.number == account_number))
    return found[0] if found else None


def change(connection: Connection, candidate: Candidate, changes: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Changes a candidate as it was seen; raises `VersionConflict`."""
    record, version = f"candidate {candidate.account_number}", candidate.row_version
    records.update(connection, target_candidate, candidate.id, version, changes, by=by, at=at, record=record)


def proposed(found: Iterable[Candidate], min_score: int) -> tuple[Candidate, ...]:
    """What a round suggests: what reps want to keep or add, and whatever scores enough in a tier worth investing in.

    What the account's own rep wants to drop is left out.
    """
    return tuple(one for one in found if _suggested(one, min_score))


def over_capacity(rows: Sequence[Mapping[str, Any]], limit: int) -> Rows:
    """The reps who would have more key accounts than the limit: rows (owner, count, limit)."""
    counts: dict[str, int] = {}
    for row in rows:
        if row["tier"] == KEY:
            counts[row["owner"]] = counts.get(row["owner"], 0) + 1
    return [{"owner": who, "count": count, "limit": limit} for who, count in sorted(counts.items()) if count > limit]


def _suggested(one: Candidate, min_score: int) -> bool:
    wishes = {row["choice"] for row in one.nominations}
    if wishes & {"keep", "add"}:
        return True
    return "drop" not in wishes and one.tier in TIERS_PROPOSED and (one.score or 0) >= min_score


def _candidates(round_id: int) -> Select[Any]:
    named = {"account_number": account.c.number, "account_name": account.c.name, "account_owner": account.c.owner}
    columns = [column.label(name) for name, column in named.items()]
    query = select(*records.columns(target_candidate, Candidate), *columns)
    query = query.join(account, account.c.id == target_candidate.c.account_id)
    return query.where(target_candidate.c.targeting_round_id == round_id)
