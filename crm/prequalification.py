"""Pre-qualification of an opportunity (3.3.3.4.1): four questions, what follows from them, and merging a duplicate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from crm import leads, opportunities, records, stages
from crm.opportunities import Opportunity
from crm.tables import opportunity_contact

QUESTIONS = ("budget", "authority", "need_confirmed", "timing")
DUPLICATE = "Q04"


def bant_count(answers: Mapping[str, Any]) -> int:
    """How many of budget, authority, need and timing are given: 0 to 4."""
    return sum(bool(answers.get(name)) for name in QUESTIONS)


def reason_to_reject(answers: Mapping[str, Any]) -> str:
    """The reason code (disqualify) that fits the answers best."""
    if answers.get("fit") == "none":
        return "Q03"
    if not answers.get("need_confirmed"):
        return "Q01"
    return "Q06" if answers.get("budget") else "Q02"


def reason_to_nurture(answers: Mapping[str, Any]) -> str:
    """The reason to defer (table D26) that fits the answers best."""
    if not answers.get("budget"):
        return "no_budget"
    return "awaiting_customer" if answers.get("timing") else "bad_timing"


def mark(connection: Connection, deal: Opportunity, *, fast_track: bool, by: str, at: datetime) -> Opportunity:
    """Makes a draft pre-qualified, in the first stage of its sales mode where that lies before the pipeline."""
    changes: dict[str, Any] = {"fast_track": fast_track}
    first = next((one for one in stages.listing(connection, deal.sales_mode) if not one.retired), None)
    if first is not None and not first.pipeline_entry:
        changes["stage"] = first.key
    if fast_track:
        changes["pursue_decision"] = "pursue"
    return opportunities.move(connection, deal, "prequalified", by=by, at=at, reason="pre-qualified", **changes)


def discard(
    connection: Connection, deal: Opportunity, today: date, *, reason: str = DUPLICATE, by: str, at: datetime
) -> Opportunity:
    """Ends a draft that repeats another opportunity, or that is none for another reason."""
    ends = {"outcome": "disqualified", "outcome_date": today}
    return opportunities.move(connection, deal, "disqualified", by=by, at=at, reason=reason, **ends)


def merge(
    connection: Connection, deal: Opportunity, into: Opportunity, today: date, *, by: str, at: datetime
) -> Opportunity:
    """Gives the need, the contact and the lead of a draft to the opportunity it repeats, and ends the draft.

    Raises `IllegalMove` when it is no draft any more, `VersionConflict`.
    """
    if deal.need and deal.need not in (into.need or ""):
        need = "\n\n".join(filter(None, (into.need, deal.need)))
        into = opportunities.change(connection, into, {"need": need}, by=by, at=at)
    if deal.primary_contact_id is not None:
        _join(connection, into, deal.primary_contact_id, by=by, at=at)
    lead = leads.of_opportunity(connection, deal.id)
    if lead is not None:
        leads.change(connection, lead, {"opportunity_id": into.id}, by=by, at=at)
    discard(connection, deal, today, by=by, at=at)
    return into


def _join(connection: Connection, deal: Opportunity, contact_id: int, *, by: str, at: datetime) -> None:
    known = opportunity_contact.c
    query = select(known.id).where(known.opportunity_id == deal.id, known.contact_id == contact_id)
    if connection.execute(query).first() is None:
        values = {"opportunity_id": deal.id, "contact_id": contact_id}
        records.insert(connection, opportunity_contact, values, by=by, at=at)
