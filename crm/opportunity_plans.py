"""Opportunity plans: opened, worked in iterations, agreed, gone stale; one plan per opportunity, in versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records, states
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from crm.tables import opportunity_plan
from crm.titles import both

STALE_AFTER = timedelta(days=21)


@dataclass(frozen=True)
class OpportunityPlan:
    """How one opportunity is to be won (catalogue 8.1); `content_at` is the moment of its latest content."""

    id: int
    number: str
    opportunity_id: int
    version: int
    depth: str | None
    required_sections: list[str]
    status: str
    iteration_no: int
    customer_view: dict[str, Any]
    issues: list[dict[str, Any]]
    partners: list[dict[str, Any]]
    csf: list[dict[str, Any]]
    competitive_strategy: str | None
    counter_moves: str | None
    lead_rep: str | None
    completeness_pct: Decimal | None
    status_rag: str | None
    decision_process: str | None
    review_notes: str | None
    agreed_at: datetime | None
    content_at: datetime | None
    owner: str
    row_version: int

    @property
    def business_key(self) -> str:
        """How processes name this record: `opportunity_plan:OPL-0007`."""
        return f"opportunity_plan:{self.number}"


def find(connection: Connection, opportunity_id: int) -> OpportunityPlan | None:
    """The plan of an opportunity, or None."""
    query = select(*records.columns(opportunity_plan, OpportunityPlan))
    found = records.every(connection, OpportunityPlan, query.where(opportunity_plan.c.opportunity_id == opportunity_id))
    return found[0] if found else None


def of(connection: Connection, deal: Opportunity) -> OpportunityPlan:
    """The plan of an opportunity; raises `RecordNotFound`."""
    found = find(connection, deal.id)
    if found is None:
        raise RecordNotFound(record=both(f"an opportunity plan of {deal.number}", f"{deal.number} 的商机计划"))
    return found


def get(connection: Connection, number: str) -> OpportunityPlan:
    """One plan by number (OPL-0007); raises `RecordNotFound`."""
    query = select(*records.columns(opportunity_plan, OpportunityPlan)).where(opportunity_plan.c.number == number)
    return records.one(connection, OpportunityPlan, query, number)


def open_for_work(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> OpportunityPlan:
    """The plan of an opportunity as a draft: version 1 when there is none, the draft at work, or the next version."""
    found = find(connection, deal.id)
    if found is not None:
        return as_draft(connection, found, by=by, at=at)
    values = {
        "number": records.number(connection, "opportunity_plan"),
        "opportunity_id": deal.id,
        "owner": deal.owner,
        "org_unit_id": deal.org_unit_id,
        "content_at": at,
    }
    records.insert(connection, opportunity_plan, values, by=by, at=at)
    return of(connection, deal)


def as_draft(connection: Connection, plan: OpportunityPlan, *, by: str, at: datetime) -> OpportunityPlan:
    """A plan that is no draft becomes one, of the next version; a draft stays what it is."""
    if plan.status == "draft":
        return plan
    states.move(states.OPPORTUNITY_PLAN, plan.number, plan.status, "draft")
    return _write(connection, plan, {"status": "draft", "version": plan.version + 1}, by=by, at=at)


def change(
    connection: Connection, plan: OpportunityPlan, changes: Mapping[str, Any], *, by: str, at: datetime
) -> OpportunityPlan:
    """Changes the content of a plan as it was seen; raises `VersionConflict`."""
    return _write(connection, plan, {**changes, "content_at": at}, by=by, at=at)


def begin_iteration(connection: Connection, plan: OpportunityPlan, *, by: str, at: datetime) -> OpportunityPlan:
    """Counts one more pass through the iterative tasks; an agreed or stale plan becomes a draft for it."""
    draft = as_draft(connection, plan, by=by, at=at)
    return _write(connection, draft, {"iteration_no": draft.iteration_no + 1}, by=by, at=at)


def agree(
    connection: Connection, plan: OpportunityPlan, *, notes: str | None, by: str, at: datetime
) -> OpportunityPlan:
    """The team accepts a draft; raises `IllegalMove`."""
    states.move(states.OPPORTUNITY_PLAN, plan.number, plan.status, "agreed")
    return change(connection, plan, {"status": "agreed", "agreed_at": at, "review_notes": notes}, by=by, at=at)


def mark_stale(connection: Connection, *, by: str, at: datetime) -> Sequence[OpportunityPlan]:
    """Marks every agreed plan that had no new content for 21 days, and gives them (for the daily check)."""
    held = opportunity_plan.c
    query = select(*records.columns(opportunity_plan, OpportunityPlan))
    query = query.where(held.status == "agreed", held.content_at <= at - STALE_AFTER).order_by(held.id)
    old = records.every(connection, OpportunityPlan, query)
    return [_write(connection, plan, {"status": "stale"}, by=by, at=at) for plan in old]


def _write(
    connection: Connection, plan: OpportunityPlan, changes: Mapping[str, Any], *, by: str, at: datetime
) -> OpportunityPlan:
    before = {name: getattr(plan, name) for name in changes}
    version = records.update(
        connection, opportunity_plan, plan.id, plan.row_version, changes, by=by, at=at, record=plan.number,
        before=before,
    )  # fmt: skip
    return replace(plan, **changes, row_version=version)
