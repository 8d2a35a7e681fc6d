"""Leads: inquiries, campaign responses and requests for proposal, until each is converted, nurtured or rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from crm import records, states, users
from crm.accounts import name_key
from crm.tables import lead

NURTURE_DAYS = 90
NURTURE_LIST = "nurture"
REPEATED_WITHIN = timedelta(days=90)


@dataclass(frozen=True)
class Lead:
    """One lead (catalogue 8.1); `score` is 0 to 100, `decision` that of table D27, `document` lists stored files."""

    id: int
    number: str
    company: str
    company_key: str
    contact_name: str
    phone_or_email: str
    source: str
    need: str | None
    rfp: bool
    rfp_due_date: date | None
    document: list[dict[str, Any]]
    account_id: int | None
    contact_id: int | None
    opportunity_id: int | None
    duplicate_of: str | None
    score: int | None
    decision: str | None
    pursue_decision: str | None
    status: str
    owner: str
    revisit_date: date | None
    row_version: int
    created_at: datetime

    @property
    def business_key(self) -> str:
        """How processes name this record: `lead:LEAD-0042`."""
        return f"lead:{self.number}"


def create(connection: Connection, owner: str, *, by: str, at: datetime, **fields: Any) -> Lead:
    """Adds a lead with the next number; `fields` are further columns of `lead`. Raises `RecordNotFound` (owner)."""
    person = users.get(connection, owner)
    number = records.number(connection, "lead")
    values = {"number": number, "owner": owner, "org_unit_id": person.org_unit_id}
    row = {**values, **fields, "company_key": name_key(fields["company"])}
    records.insert(connection, lead, row, by=by, at=at)
    return get(connection, number)


def get(connection: Connection, number: str) -> Lead:
    """One lead by number (LEAD-0042); raises `RecordNotFound`."""
    query = select(*records.columns(lead, Lead)).where(lead.c.number == number)
    return records.one(connection, Lead, query, number)


def change(connection: Connection, current: Lead, changes: Mapping[str, Any], *, by: str, at: datetime) -> Lead:
    """Changes fields of a lead as it was seen; raises `VersionConflict`."""
    written = dict(changes)
    if "company" in written:
        written["company_key"] = name_key(written["company"])
    if "owner" in written:
        written["org_unit_id"] = users.get(connection, written["owner"]).org_unit_id
    version = records.update(
        connection, lead, current.id, current.row_version, written, by=by, at=at, record=current.number
    )
    kept = {name: value for name, value in written.items() if name in Lead.__dataclass_fields__}
    return replace(current, **kept, row_version=version)


def move(connection: Connection, current: Lead, status: str, *, by: str, at: datetime, **changes: Any) -> Lead:
    """Gives a lead a new status (catalogue 8.2), with further changes; raises `IllegalMove`, `VersionConflict`."""
    states.move(states.LEAD, current.number, current.status, status)
    return change(connection, current, {"status": status, **changes}, by=by, at=at)


def decide(connection: Connection, current: Lead, decision: str, owner: str, *, by: str, at: datetime) -> Lead:
    """Keeps what is decided on a lead, which is scored from then on, and whose it is; raises `IllegalMove`."""
    if current.status != "scored":
        states.move(states.LEAD, current.number, current.status, "scored")
    return change(connection, current, {"status": "scored", "decision": decision, "owner": owner}, by=by, at=at)


def nurture(connection: Connection, current: Lead, today: date, *, by: str, at: datetime) -> Lead:
    """Puts a lead on the nurture list and has it looked at again after 90 days."""
    again = today + timedelta(days=NURTURE_DAYS)
    return move(connection, current, "nurture", by=by, at=at, revisit_date=again, campaign_list=NURTURE_LIST)


def said_before(connection: Connection, current: Lead) -> Lead | None:
    """The newest earlier lead of the same company and the same phone or e-mail within 90 days, if there is one."""
    at = lead.c
    same = func.lower(at.phone_or_email) == current.phone_or_email.strip().lower()
    query = select(*records.columns(lead, Lead)).where(
        at.company_key == current.company_key,
        same,
        at.id < current.id,
        at.status != "rejected",
        at.created_at >= current.created_at - REPEATED_WITHIN,
    )
    found = records.every(connection, Lead, query.order_by(at.id.desc()).limit(1))
    return found[0] if found else None


def of_opportunity(connection: Connection, opportunity_id: int) -> Lead | None:
    """The lead that became an opportunity, or None."""
    query = select(*records.columns(lead, Lead)).where(lead.c.opportunity_id == opportunity_id)
    found = records.every(connection, Lead, query.order_by(lead.c.id).limit(1))
    return found[0] if found else None


def to_revisit(connection: Connection, on: date) -> tuple[str, ...]:
    """The business keys of nurtured leads whose day has come, the longest waiting first."""
    query = select(lead.c.number).where(lead.c.status == "nurture", lead.c.revisit_date <= on)
    found = connection.execute(query.order_by(lead.c.revisit_date, lead.c.id)).scalars()
    return tuple(f"lead:{number}" for number in found)
