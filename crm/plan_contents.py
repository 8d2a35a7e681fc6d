"""What an opportunity plan consists of: sections, open questions, factors, milestones, cases, options, resources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from crm import records, row_lists
from crm.errors import RecordNotFound
from crm.opportunity_plans import OpportunityPlan
from crm.row_lists import Row
from crm.rows import stored
from crm.tables import (
    business_case,
    buying_milestone,
    decision_factor,
    plan_gap,
    plan_section,
    resource_request,
    solution_option,
)
from crm.titles import both

MONTHS = 12


def parent(plan: OpportunityPlan) -> dict[str, int]:
    """The column and id by which rows belong to a plan."""
    return {"opportunity_plan_id": plan.id}


def assign_sections(
    connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime
) -> None:
    """Who works which section by when; columns section, assignee, expertise, due."""
    row_lists.keep(connection, plan_section, parent(plan), rows, ("section",), by=by, at=at)


def ask_again(
    connection: Connection, plan: OpportunityPlan, sections: Collection[str], *, by: str, at: datetime
) -> None:
    """Makes the input of some sections wanted again, for the next iteration."""
    for row in row_lists.of(connection, plan_section, **parent(plan)):
        if row["section"] in sections and row["status"] != "open":
            _update(connection, row, {"status": "open"}, by=by, at=at)


def give_input(
    connection: Connection, plan: OpportunityPlan, section: str, values: Mapping[str, Any], *, by: str, at: datetime
) -> None:
    """What the assignee writes: input, attachments, confidence, open_questions. Raises `RecordNotFound`."""
    for row in row_lists.of(connection, plan_section, **parent(plan), section=section):
        _update(connection, row, {**values, "status": "given"}, by=by, at=at)
        return
    raise RecordNotFound(record=f"the section {section} of {plan.number}")


def _update(connection: Connection, row: Mapping[Any, Any], changes: Row, *, by: str, at: datetime) -> None:
    record, version = f"section {row['section']}", row["row_version"]
    records.update(
        connection, plan_section, row["id"], version, changes, by=by, at=at, record=record, before=row
    )  # fmt: skip


def set_gaps(connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """The open and closed questions; columns question, section, owner, due, status."""
    row_lists.keep(connection, plan_gap, parent(plan), rows, ("question",), by=by, at=at)


def add_gaps(connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """Adds open questions to those that the plan has."""
    for row in rows:
        records.insert(connection, plan_gap, {**parent(plan), **row}, by=by, at=at)


def set_factors(connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """The factors by which the customer decides; columns factor, weight (percent, adding up to 100), our_position."""
    row_lists.keep(connection, decision_factor, parent(plan), rows, ("factor",), by=by, at=at)


def set_milestones(
    connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime
) -> None:
    """The customer's buying process; columns kind, customer_owner, date, our_activity, status."""
    row_lists.keep(connection, buying_milestone, parent(plan), rows, ("kind",), by=by, at=at)


def set_options(connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """What we could offer; columns name, description, rationale, price, fit, recommended (exactly one is)."""
    # The recommended one comes last: at no moment two of them may be.
    ordered = sorted(rows, key=lambda row: bool(row["recommended"]))
    row_lists.keep(connection, solution_option, parent(plan), ordered, ("name",), by=by, at=at)


def set_resources(connection: Connection, plan: OpportunityPlan, rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """The people and skills that are needed; columns role, start_on, end_on, days, purpose."""
    row_lists.keep(connection, resource_request, parent(plan), rows, ("role",), by=by, at=at)


def answer_resource(connection: Connection, request_id: int, changes: Row, *, by: str, at: datetime) -> None:
    """What operations found for one need: assigned, status, alternative, fit_confirmed."""
    for row in row_lists.of(connection, resource_request, id=request_id):
        record, version = f"resource {row['role']}", row["row_version"]
        records.update(
            connection, resource_request, request_id, version, changes, by=by, at=at, record=record, before=row
        )
        return
    raise RecordNotFound(record=both(f"resource request {request_id}", f"资源申请 {request_id}"))


def record_case(
    connection: Connection, plan: OpportunityPlan, benefits: Sequence[Row], values: Row, *, by: str, at: datetime
) -> None:
    """The business case of this iteration, a version for each. `values`: cost, payback_months, customer_agreed.

    The yearly value is the sum over the benefits; without a payback time given, it follows from cost and value.
    """
    yearly = sum((Decimal(row.get("annual_value") or 0) for row in benefits), Decimal(0))
    row = {
        "version": max(plan.iteration_no, 1),
        "benefits": stored(list(benefits)),
        "annual_value": yearly,
        **values,
        "payback_months": values.get("payback_months") or _payback(values.get("cost"), yearly),
    }
    kept = [dict(old) for old in row_lists.of(connection, business_case, **parent(plan), version=row["version"])]
    if kept:
        case = f"business case {row['version']}"
        row_id, version = kept[0]["id"], kept[0]["row_version"]
        records.update(connection, business_case, row_id, version, row, by=by, at=at, record=case, before=kept[0])
    else:
        records.insert(connection, business_case, {**parent(plan), **row}, by=by, at=at)


def _payback(cost: Decimal | int | None, yearly: Decimal) -> int | None:
    if not cost or not yearly:
        return None
    return int((Decimal(cost) * MONTHS / yearly).to_integral_value("ROUND_CEILING"))


def latest_case(connection: Connection, plan: OpportunityPlan) -> Mapping[Any, Any] | None:
    """The newest business case, or None."""
    rows = row_lists.of(connection, business_case, **parent(plan))
    return max(rows, key=lambda row: int(row["version"]), default=None)
