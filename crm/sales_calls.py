"""Sales calls: reading one, making one, changing it, moving it between its states (catalogue 8.1 and 8.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from crm import records, states, users
from crm.errors import InvalidValue
from crm.tables import sales_call
from crm.titles import both

KEY = "sales_call"
PURPOSES = ("discovery", "relationship", "presentation", "negotiation", "service", "review", "other")
TO_BE_AGREED = ("draft", "proposed", "scheduled")
"""States in which a call has not begun: its time and people can still be agreed anew."""
USUAL_MINUTES = 60
REPORT_DUE = timedelta(hours=24)


@dataclass(frozen=True)
class SalesCall:
    """One call; times are moments, `duration_min` in minutes, lists hold plain mappings.

    `proposed_times` are moments as ISO text; `interest` and `sentiment` go from 1 to 5.
    """

    id: int
    number: str
    account_id: int
    opportunity_id: int | None
    previous_call_id: int | None
    status: str
    purpose: str
    customer_reason: str | None
    channel: str
    call_priority: int | None
    proposed_times: list[str]
    start_at: datetime | None
    duration_min: int
    attempts: int
    coordination: str | None
    coordination_note: str | None
    cancel_reason: str | None
    brief: list[dict[str, Any]]
    depth: str | None
    primary_objective: str | None
    minimum_outcome: str | None
    success_signal: str | None
    learn_goals: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    value_messages: list[dict[str, Any]]
    expected_concerns: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    agenda_approved: bool
    agenda_sent_at: datetime | None
    rehearsed: bool
    actual_start: datetime | None
    actual_end: datetime | None
    key_person_present: bool | None
    introductions_done: bool | None
    purpose_stated: bool | None
    value_for_customer: str | None
    time_confirmed: bool | None
    agenda_answer: str | None
    interest: int | None
    suggested_commitment: str | None
    agreed_points: list[dict[str, Any]]
    open_points: list[dict[str, Any]]
    customer_confirms: bool | None
    asked: str | None
    commitment: str | None
    fallback_asked: str | None
    fallback_accepted: bool | None
    reason: str | None
    reason_text: str | None
    next_call_wanted: bool
    objective_result: str | None
    outcome: str | None
    summary: str | None
    sentiment: int | None
    documented_at: datetime | None
    customer_message: str | None
    customer_attachments: str | None
    summary_sent_at: datetime | None
    owner: str
    org_unit_id: int | None
    row_version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str

    @property
    def business_key(self) -> str:
        """How processes name this record: `sales_call:CALL-0007`."""
        return f"{KEY}:{self.number}"

    @property
    def was_held(self) -> bool | None:
        """Whether the customer was met; None while nobody has said."""
        if self.status in ("in_progress", "held"):
            return True
        if self.status == "not_held" or self.outcome == "not_held":
            return False
        return True if self.actual_start is not None else None

    @property
    def ends_at(self) -> datetime | None:
        """When the call is planned to end; None before a time was agreed."""
        return None if self.start_at is None else self.start_at + timedelta(minutes=self.duration_min)


FIXED = frozenset({"id", "number", "status", "owner", "row_version", "created_at", "updated_at", "updated_by"})
CHANGEABLE = frozenset(SalesCall.__dataclass_fields__) - FIXED


def get(connection: Connection, number: str) -> SalesCall:
    """One call by number (CALL-0007); raises `RecordNotFound`."""
    query = select(*records.columns(sales_call, SalesCall)).where(sales_call.c.number == number)
    return records.one(connection, SalesCall, query, number)


def by_id(connection: Connection, call_id: int) -> SalesCall:
    """One call by its id; raises `RecordNotFound`."""
    query = select(*records.columns(sales_call, SalesCall)).where(sales_call.c.id == call_id)
    return records.one(connection, SalesCall, query, both(f"sales call {call_id}", f"销售拜访 {call_id}"))


def create(
    connection: Connection, account_id: int, owner: str, *, purpose: str, channel: str, by: str, at: datetime,
    duration_min: int = USUAL_MINUTES, **values: Any,
) -> SalesCall:  # fmt: skip
    """Adds a call with the next number, as a draft unless `status` says otherwise; `values` are further columns.

    Raises `InvalidValue` for a duration that is not positive, `RecordNotFound` for an unknown owner.
    """
    person = users.get(connection, owner)
    number = records.number(connection, KEY)
    given = {"purpose": purpose, "channel": channel, "duration_min": duration_min, **values}
    _check(number, given)
    row = {"number": number, "account_id": account_id, "owner": owner, "org_unit_id": person.org_unit_id, **given}
    records.insert(connection, sales_call, row, by=by, at=at)
    return get(connection, number)


def change(
    connection: Connection, current: SalesCall, changes: Mapping[str, Any], *, by: str, at: datetime
) -> SalesCall:
    """Changes fields of a call as it was seen; its state moves by `move`. Raises `VersionConflict`, `InvalidValue`."""
    _check(current.number, changes)
    if refused := set(changes) - CHANGEABLE:
        shown = ", ".join(sorted(refused))
        raise InvalidValue(
            expected=both("changeable fields", "可更改的字段"), field="changes", record=current.number, value=shown
        )
    return _write(connection, current, changes, by=by, at=at)


def move(
    connection: Connection, current: SalesCall, status: str, *, by: str, at: datetime, **changes: Any
) -> SalesCall:
    """Gives a call a new state (catalogue 8.2), with further changes. Raises `IllegalMove`, `VersionConflict`."""
    states.move(states.SALES_CALL, current.number, current.status, status)
    return _write(connection, current, {"status": status, **changes}, by=by, at=at)


def latest(connection: Connection, account_id: int, *, before: int, limit: int) -> tuple[SalesCall, ...]:
    """The calls of an account that were held, the newest first, without the call whose id is `before`."""
    at = sales_call.c
    query = select(*records.columns(sales_call, SalesCall))
    query = query.where(at.account_id == account_id, at.actual_start.is_not(None), at.id != before)
    return records.every(connection, SalesCall, query.order_by(at.actual_start.desc(), at.id).limit(limit))


def unreported(connection: Connection, now: datetime) -> tuple[SalesCall, ...]:
    """The calls whose time is over by a day or more and that have no report yet, the oldest first."""
    at = sales_call.c
    query = select(*records.columns(sales_call, SalesCall))
    query = query.where(at.status.in_(("scheduled", "in_progress", "held", "not_held")), at.start_at.is_not(None))
    found = records.every(connection, SalesCall, query.where(at.start_at <= now - REPORT_DUE).order_by(at.start_at))
    return tuple(call for call in found if call.ends_at is not None and call.ends_at <= now - REPORT_DUE)


def _write(
    connection: Connection, current: SalesCall, changes: Mapping[str, Any], *, by: str, at: datetime
) -> SalesCall:
    before = {name: getattr(current, name) for name in changes}
    newer = records.update(
        connection, sales_call, current.id, current.row_version, changes,
        by=by, at=at, record=current.number, before=before,
    )  # fmt: skip
    return replace(current, **changes, row_version=newer, updated_by=by, updated_at=at)


def _check(record: str, values: Mapping[str, Any]) -> None:
    minutes = values.get("duration_min")
    if minutes is not None and minutes <= 0:
        raise InvalidValue(
            "Expected a duration of at least one minute, but got %(value)s.",
            field="duration_min", record=record, value=minutes,
        )  # fmt: skip
