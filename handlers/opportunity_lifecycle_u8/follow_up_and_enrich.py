"""3 Follow up and enrich: the ten kinds of information, kept as they become known."""

from __future__ import annotations

from typing import Any

from crm import (
    competition,
    contacts,
    documents,
    evaluations,
    files,
    opportunity_details,
    pipeline,
    products,
    sales_teams,
)
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, Refuse, Sentence, Start, TaskContext, handler
from handlers.shared import customers, lifecycle, plans, sales_module, subject
from handlers.shared.outcomes import completion

BASICS = ("amount", "expected_close_date", "win_probability", "next_step", "next_step_date", "complexity")
BLANK: dict[str, Any] = {
    "unmet": [],
    "progress": None,
    "criteria_met": [],
    "expenses": [],
    "documents": [],
    "evaluation": None,
}
PERSON = ("buying_role", "influence", "stance")


@handler("opportunity_lifecycle_u8.follow_up_and_enrich")
@completion
def follow_up_and_enrich(context: TaskContext[Any]) -> Outcome:
    """Writes everything at once, or says by field what does not fit; a quote is prepared beside this process."""
    deal = subject.opportunity_of(context)
    if errors := _objections(context, deal):
        return Refuse(errors)
    by = subject.actor(context, deal)
    deal = sales_teams.seat(context.session, deal, lifecycle.seats(plans.rows(context, "team")), by=by, at=context.now)
    changes = {name: context.form[name] for name in BASICS if context.form.get(name) is not None}
    deal = pipeline.update_profile(context.session, deal, changes, by=by, at=context.now)
    _keep_lists(context, deal, by)
    _add(context, deal, by)
    wanted = context.form.get("prepare_quote")
    starts = [Start("quote-approval", deal.business_key)] if wanted else []
    return Done({**lifecycle.known(context, deal), **BLANK}, events=["pipeline.changed"], starts=starts)


def _objections(context: TaskContext[Any], deal: Opportunity) -> dict[str, Sentence]:
    team, people = plans.rows(context, "team"), plans.rows(context, "contacts")
    found = {
        "products": plans.twice(row["product"] for row in plans.rows(context, "products")),
        "competitors": plans.twice(row["competitor"] for row in plans.rows(context, "competitors")),
        "contacts": plans.twice(row["contact"] for row in people),
        "team": lifecycle.team_objection(team),
    }
    if sum(bool(row.get("is_lead_decision_maker")) for row in people) > 1:
        found["contacts"] = Sentence("Expected one person who decides in the end, but several are marked.")
    if not found["team"] and all(row["user"] != deal.owner for row in team if row["role"] == "owner"):
        found["team"] = Sentence("Expected the present owner. To change the owner, say so below.")
    if context.form.get("prepare_quote") and not sales_module.is_on(context):
        found["prepare_quote"] = sales_module.refusal().message
    for index, row in enumerate(plans.rows(context, "products")):
        if not row["qty"]:
            found[f"products.{index}.qty"] = Sentence("Expected a quantity above 0.")
    for index, row in enumerate(plans.rows(context, "expenses")):
        if not row["amount"]:
            found[f"expenses.{index}.amount"] = Sentence("Expected an amount above 0.")
    return {field: objection for field, objection in found.items() if objection is not None}


def _keep_lists(context: TaskContext[Any], deal: Opportunity, by: str) -> None:
    session, at = context.session, context.now
    items = [
        {
            "product_id": products.id_of(session, row["product"]),
            "qty": row["qty"],
            "price": row["price"],
            "discount_pct": row.get("discount_pct") or 0,
        }
        for row in plans.rows(context, "products")
    ]
    opportunity_details.keep_products(session, deal, items, by=by, at=at)
    rivals = [
        {"competitor_id": competition.by_key(session, row["competitor"]), **plans.columns(row, *lifecycle.RIVAL)}
        for row in plans.rows(context, "competitors")
    ]
    competition.keep(session, deal, rivals, by=by, at=at)
    people = [
        {
            "contact_id": contacts.get(session, customers.number_of(row["contact"])).id,
            "is_lead_decision_maker": bool(row.get("is_lead_decision_maker")),
            **plans.columns(row, *PERSON),
        }
        for row in plans.rows(context, "contacts")
    ]
    opportunity_details.keep_contacts(session, deal, people, by=by, at=at)


def _add(context: TaskContext[Any], deal: Opportunity, by: str) -> None:
    session, at, form = context.session, context.now, context.form
    for row in plans.rows(context, "activities"):
        activity = {**row, "owner": row.get("owner") or by}
        opportunity_details.keep_activity(session, deal, activity, by=by, at=at)
    for row in plans.rows(context, "expenses"):
        opportunity_details.add_expense(session, deal, row, by=by, at=at)
    if note := form.get("evaluation"):
        evaluations.add(session, deal.id, "stage", by=by, at=at, answers={"note": note, "stage": deal.stage})
    for one in plans.rows(context, "documents"):
        file = files.get(session, one["file"])
        content = files.content_of(session, file.id)
        kind = form.get("document_kind") or "other"
        documents.add(session, deal.id, kind, file.file_name, file.media_type, content, by=by, at=at)
