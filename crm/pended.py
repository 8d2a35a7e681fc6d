"""Deferred opportunities: put off until a date, extended, taken up again or dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from crm import account_plans, forecast, opportunities, records, snapshots, states
from crm.errors import InvalidValue, RecordNotFound
from crm.opportunities import Opportunity
from crm.tables import pended_item
from crm.titles import both


@dataclass(frozen=True)
class PendedItem:
    """One deferral; `extension_count` counts the extensions that took effect."""

    id: int
    opportunity_id: int
    reason: str
    resume_date: date
    note: str | None
    keep_in_account_plan: bool
    extension_count: int
    state: str
    deferred_at: datetime
    deferred_by: str
    row_version: int


def check_resume_date(record: str, chosen: date, *, today: date, max_days: int) -> None:
    """Refuses (`InvalidValue`) a date that is not after today, or more than `max_days` away (D26)."""
    last = today + timedelta(days=max_days)
    if not today < chosen <= last:
        raise InvalidValue(
            "Expected a date from %(first)s to %(last)s, but got %(value)s.",
            first=today + timedelta(days=1), last=last, field="resume_date", record=record, value=chosen,
        )  # fmt: skip


def defer(
    connection: Connection,
    deal: Opportunity,
    reason: str,
    resume_date: date,
    *,
    note: str | None,
    keep_in_account_plan: bool,
    by: str,
    at: datetime,
) -> Opportunity:
    """Makes an opportunity pended until a date (checked before) and takes it out of the forecast.

    Raises `IllegalMove`, `VersionConflict`.
    """
    moved = opportunities.move(connection, deal, "pended", by=by, at=at, reason=reason, resume_date=resume_date)
    register(
        connection,
        moved,
        reason,
        resume_date,
        note=note,
        keep_in_account_plan=keep_in_account_plan,
        by=by,
        at=at,
    )
    forecast.leave(connection, moved, by=by, at=at)
    snapshots.take(connection, moved, at=at)
    return moved


def register(
    connection: Connection,
    deal: Opportunity,
    reason: str,
    resume_date: date,
    *,
    note: str | None,
    keep_in_account_plan: bool,
    by: str,
    at: datetime,
) -> PendedItem:
    """The waiting item of an opportunity, added when there is none."""
    there = waiting(connection, deal.id)
    if there is not None:
        return there
    values = {
        "opportunity_id": deal.id,
        "reason": reason,
        "resume_date": resume_date,
        "note": note,
        "keep_in_account_plan": keep_in_account_plan,
        "deferred_at": at,
        "deferred_by": by,
    }
    records.insert(connection, pended_item, values, by=by, at=at)
    return get_waiting(connection, deal)


def note_in_plan(connection: Connection, deal: Opportunity, item: PendedItem, *, by: str, at: datetime) -> bool:
    """Adds or changes the line of a deferral in the account plan in use; False when there is no plan."""
    plan = account_plans.in_use(connection, deal.account_id)
    if plan is None:
        return False
    text = f"{deal.number} {deal.name}"
    account_plans.note_pended(connection, plan.id, item.id, text, item.resume_date, by=by, at=at)
    return True


def waiting(connection: Connection, opportunity_id: int) -> PendedItem | None:
    """The waiting item of an opportunity, or None."""
    at = pended_item.c
    query = select(*records.columns(pended_item, PendedItem))
    query = query.where(at.opportunity_id == opportunity_id, at.state == "waiting")
    found = records.every(connection, PendedItem, query)
    return found[0] if found else None


def get_waiting(connection: Connection, deal: Opportunity) -> PendedItem:
    """The waiting item of an opportunity; raises `RecordNotFound`."""
    found = waiting(connection, deal.id)
    if found is None:
        raise RecordNotFound(record=both(f"deferral of {deal.number}", f"{deal.number} 的暂缓记录"))
    return found


def extend(
    connection: Connection,
    deal: Opportunity,
    item: PendedItem,
    resume_date: date,
    *,
    by: str,
    at: datetime,
) -> PendedItem:
    """Puts an opportunity off until a later date (checked before); the extension counts from now on."""
    changes = {"resume_date": resume_date, "extension_count": item.extension_count + 1}
    extended = _update(connection, deal, item, changes, by=by, at=at)
    opportunities.change(connection, deal, {"resume_date": resume_date}, by=by, at=at)
    if item.keep_in_account_plan:
        note_in_plan(connection, deal, extended, by=by, at=at)
    return extended


def settle(
    connection: Connection,
    deal: Opportunity,
    item: PendedItem,
    state: str,
    *,
    reason: str | None,
    by: str,
    at: datetime,
) -> None:
    """Ends a deferral: `resumed` or `dropped`; raises `IllegalMove` when it has ended already."""
    states.move(states.PENDED_ITEM, both(f"deferral of {deal.number}", f"{deal.number} 的暂缓记录"), item.state, state)
    changes = {"state": state, "settled_at": at, "settled_by": by, "settled_reason": reason}
    _update(connection, deal, item, changes, by=by, at=at)


def reactivate(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> Opportunity:
    """Makes a pended opportunity assessed again, without a resume date; its deferral has ended.

    Raises `IllegalMove`, `VersionConflict`.
    """
    moved = opportunities.move(connection, deal, "assessed", by=by, at=at, reason="resumed", resume_date=None)
    item = waiting(connection, deal.id)
    if item is not None:
        settle(connection, moved, item, "resumed", reason=None, by=by, at=at)
    snapshots.take(connection, moved, at=at)
    return moved


def _update(
    connection: Connection,
    deal: Opportunity,
    item: PendedItem,
    changes: dict[str, Any],
    *,
    by: str,
    at: datetime,
) -> PendedItem:
    record = both(f"deferral of {deal.number}", f"{deal.number} 的暂缓记录")
    version = records.update(connection, pended_item, item.id, item.row_version, changes, by=by, at=at, record=record)
    kept = {name: value for name, value in changes.items() if name in PendedItem.__dataclass_fields__}
    return replace(item, **kept, row_version=version)
