"""Opportunities: reading one, creating, changing, moving between states, changing the owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import exchange, records, states, users
from crm.defaults_data import BASE_CURRENCY
from crm.errors import InvalidValue
from crm.tables import opportunity, opportunity_stage_history, opportunity_team_member
from crm.titles import both

LARGEST_AMOUNT = 10**12
"""The sum of a thousand such amounts still fits the columns of money."""
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Opportunity:
    """One opportunity (catalogue 8.1); `amount_base` in base currency, probabilities in percent."""

    id: int
    number: str
    name: str
    account_id: int
    primary_contact_id: int | None
    source: str
    sales_mode: str
    stage: str | None
    stage_entered_at: datetime | None
    status: str
    amount: Decimal | None
    currency: str
    amount_base: Decimal | None
    win_probability: Decimal | None
    expected_close_date: date | None
    need: str | None
    complexity: str | None
    rfp: bool
    rfp_due_date: date | None
    fast_track: bool
    pursue_decision: str | None
    confirmed_at: datetime | None
    priority: str | None
    priority_score: Decimal | None
    priority_confirmed_by: str | None
    r_revenue: int | None
    r_credit: int | None
    r_willingness: int | None
    r_target_client: int | None
    r_prior_business: int | None
    r_relationship: int | None
    segment: str | None
    pipeline_entry_at: datetime | None
    resume_date: date | None
    next_step: str | None
    next_step_date: date | None
    notes: str | None
    forecast_category: str | None
    outcome: str | None
    outcome_date: date | None
    actual_amount: Decimal | None
    owner: str
    org_unit_id: int | None
    source_system: str | None
    external_id: str | None
    row_version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str

    @property
    def business_key(self) -> str:
        """How processes name this record: `opportunity:OPP-1042`."""
        return f"opportunity:{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be won or lost."""
        return self.status in states.OPEN_OPPORTUNITY


CHANGEABLE = frozenset(field.name for field in fields(Opportunity)) - {
    "id",
    "number",
    "status",
    "owner",
    "row_version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
}


def get(connection: Connection, number: str) -> Opportunity:
    """One opportunity by number (OPP-1042); raises `RecordNotFound`."""
    query = select(*records.columns(opportunity, Opportunity)).where(opportunity.c.number == number)
    return records.one(connection, Opportunity, query, number)


def by_id(connection: Connection, opportunity_id: int) -> Opportunity:
    """One opportunity by its id; raises `RecordNotFound`."""
    query = select(*records.columns(opportunity, Opportunity)).where(opportunity.c.id == opportunity_id)
    return records.one(connection, Opportunity, query, both(f"opportunity {opportunity_id}", f"商机 {opportunity_id}"))


def create(
    connection: Connection,
    name: str,
    account_id: int,
    owner: str,
    *,
    by: str,
    at: datetime,
    source: str,
    sales_mode: str,
    currency: str = BASE_CURRENCY,
    **values: Any,
) -> Opportunity:
    """Adds an opportunity with the next number, its owner's team row and the first line of its history.

    `values` are further columns; `amount_base` follows from `amount` and `currency` at today's rate.
    Raises `NoRate`, `InvalidValue`, `RecordNotFound` (owner).
    """
    person = users.get(connection, owner)
    _check(name, values)
    number = str(values.pop("number", None) or records.number(connection, "opportunity"))
    row = {
        "number": number,
        "name": name,
        "account_id": account_id,
        "owner": owner,
        "org_unit_id": person.org_unit_id,
        "source": source,
        "sales_mode": sales_mode,
        "currency": currency,
        "amount_base": exchange.to_base(connection, values.get("amount"), currency, at.date()),
        "stage_entered_at": at if values.get("stage") else None,
    } | values
    added = records.insert(connection, opportunity, row, by=by, at=at)
    _join_as_owner(connection, added, owner, by=by, at=at)
    created = get(connection, number)
    write_history(connection, None, created, by=by, at=at, reason=None)
    return created


def change(
    connection: Connection,
    current: Opportunity,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    expected_version: int | None = None,
) -> Opportunity:
    """Changes fields of an opportunity as it was seen (or as `expected_version` says) and gives it back.

    Status moves by `move`, the owner by `reassign`. Raises `VersionConflict`, `InvalidValue`, `NoRate`.
    """
    _check(current.number, changes)
    if refused := set(changes) - CHANGEABLE:
        shown = ", ".join(sorted(refused))
        raise InvalidValue(
            expected=both("changeable fields", "可更改的字段"), field="changes", record=current.number, value=shown
        )
    written = dict(changes)
    if {"amount", "currency"} & set(changes):
        amount, currency = changes.get("amount", current.amount), changes.get("currency", current.currency)
        written["amount_base"] = exchange.to_base(connection, amount, currency, at.date())
    return _write(connection, current, written, by=by, at=at, expected_version=expected_version)


def move(
    connection: Connection,
    current: Opportunity,
    status: str,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    **changes: Any,
) -> Opportunity:
    """Gives an opportunity a new status (catalogue 8.2), with further changes, and writes its history.

    Raises `IllegalMove`, `VersionConflict`.
    """
    states.move(states.OPPORTUNITY, current.number, current.status, status)
    if changes.get("stage", current.stage) != current.stage:
        changes["stage_entered_at"] = at
    moved = _write(connection, current, {"status": status, **changes}, by=by, at=at, reason=reason)
    write_history(connection, current, moved, by=by, at=at, reason=reason)
    return moved


def reassign(connection: Connection, current: Opportunity, owner: str, *, by: str, at: datetime) -> Opportunity:
    """Gives an opportunity to another owner; the old one's team row ends and lets him read on a while."""
    person = users.get(connection, owner)
    changes = {"owner": owner, "org_unit_id": person.org_unit_id}
    changed = _write(connection, current, changes, by=by, at=at)
    member = opportunity_team_member.c
    connection.execute(
        opportunity_team_member.update()
        .where(member.opportunity_id == current.id, member.role == "owner", member.valid_to.is_(None))
        .values(valid_to=at.date() - timedelta(days=1), updated_by=by, updated_at=at)
    )
    _join_as_owner(connection, current.id, owner, by=by, at=at)
    return changed


def add_member(
    connection: Connection,
    opportunity_id: int,
    login: str,
    *,
    valid_from: date,
    role: str = "member",
    access: str = "read",
    by: str,
    at: datetime,
) -> None:
    """Puts somebody into the opportunity's team from a day on; `access` is read or change."""
    values = {"opportunity_id": opportunity_id, "login": login, "role": role, "access": access}
    records.insert(connection, opportunity_team_member, {**values, "valid_from": valid_from}, by=by, at=at)


def write_history(
    connection: Connection,
    before: Opportunity | None,
    after: Opportunity,
    *,
    by: str,
    at: datetime,
    reason: str | None,
) -> None:
    """Appends a line to the stage history: from where to where, with the figures of that moment."""
    entered = before.stage_entered_at if before else None
    values = {
        "opportunity_id": after.id,
        "from_stage": before.stage if before else None,
        "to_stage": after.stage,
        "from_status": before.status if before else None,
        "to_status": after.status,
        "moved_at": at,
        "moved_by": by,
        "amount_base": after.amount_base,
        "probability": after.win_probability,
        "days_in_stage": (at - entered).days if entered else None,
        "reason": reason,
    }
    connection.execute(opportunity_stage_history.insert().values(**values))


def _write(
    connection: Connection,
    current: Opportunity,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    expected_version: int | None = None,
    reason: str | None = None,
) -> Opportunity:
    version = expected_version or current.row_version
    number = current.number
    before = {name: getattr(current, name) for name in changes} if version == current.row_version else None
    newer = records.update(
        connection, opportunity, current.id, version, changes, by=by, at=at, record=number, before=before, reason=reason
    )
    return replace(current, **changes, row_version=newer, updated_by=by, updated_at=at)


def _join_as_owner(connection: Connection, row_id: int, owner: str, *, by: str, at: datetime) -> None:
    first = at.date()
    add_member(connection, row_id, owner, valid_from=first, role="owner", access="change", by=by, at=at)


def _check(record: str, values: Mapping[str, Any]) -> None:
    amount, probability = values.get("amount"), values.get("win_probability")
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
        raise InvalidValue(
            "Expected an amount from 0 to %(most)s, but got %(value)s.",
            most=LARGEST_AMOUNT, field="amount", record=record, value=amount,
        )  # fmt: skip
    if probability is not None and not 0 <= probability <= HUNDRED:
        raise InvalidValue(
            "Expected a percentage from 0 to 100, but got %(value)s.",
            field="win_probability", record=record, value=probability,
        )  # fmt: skip
