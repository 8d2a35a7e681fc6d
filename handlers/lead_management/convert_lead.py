"""Convert to opportunity: a draft with its customer and contact, on the fast track when pursuing was decided here."""

from __future__ import annotations

from typing import Any

from crm import accounts, contacts, documents, files, leads, opportunities
from crm.accounts import Account
from crm.leads import Lead
from crm.opportunities import Opportunity
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import automatic

LONGEST_NEED = 80
LONGEST_NAME = 200


@handler("lead_management.convert_lead")
@automatic
def convert_lead(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about the opportunity.

    A company that is no customer yet becomes a provisional account: pre-qualification has it recorded in full.
    """
    lead = lead_of(context)
    by, at = context.actor or lead.owner, context.now
    decided = context.variables.get("lead_decision") == "pursue" or lead.pursue_decision == "pursue"
    customer = _customer(context, lead, by)
    contact_id = lead.contact_id or _contact(context, lead, customer, by)
    deal = _draft(context, lead, customer, contact_id, by, decided=decided)
    _attach(context, lead, deal, by)
    ends = {"opportunity_id": deal.id, "account_id": customer.id, "contact_id": contact_id}
    pursued = {"pursue_decision": "pursue"} if decided else {}
    leads.move(context.session, lead, "converted", by=by, at=at, **ends, **pursued)
    text = Sentence(
        "The lead %(lead)s became the opportunity %(number)s %(name)s.",
        lead=lead.number,
        number=deal.number,
        name=deal.name,
    )
    variables = {**subject.naming(deal, customer), "fast_track": decided, "pursue_decision": deal.pursue_decision}
    return Done(variables, notices=[Notice(deal.owner, None, text)], business_key=deal.business_key)


def _customer(context: TaskContext[Any], lead: Lead, by: str) -> Account:
    if lead.account_id is not None:
        return accounts.by_id(context.session, lead.account_id)
    return accounts.create(context.session, lead.company, lead.owner, by=by, at=context.now, status="provisional")


def _contact(context: TaskContext[Any], lead: Lead, customer: Account, by: str) -> int:
    way = {"email" if "@" in lead.phone_or_email else "phone": lead.phone_or_email}
    return contacts.create(context.session, customer.id, lead.contact_name, by=by, at=context.now, **way).id


def _attach(context: TaskContext[Any], lead: Lead, deal: Opportunity, by: str) -> None:
    for one in lead.document:
        there = files.get(context.session, one["file"])
        content = files.content_of(context.session, there.id)
        kind = "rfp" if lead.rfp else "other"
        documents.add(context.session, deal.id, kind, there.file_name, there.media_type, content, by=by, at=context.now)


def _draft(
    context: TaskContext[Any], lead: Lead, customer: Account, contact_id: int, by: str, *, decided: bool
) -> Opportunity:
    need = " ".join((lead.need or "").split())[:LONGEST_NEED]
    return opportunities.create(
        context.session,
        f"{lead.company} {need}".strip()[:LONGEST_NAME],
        customer.id,
        lead.owner,
        by=by,
        at=context.now,
        source="rfp" if lead.rfp else "lead",
        sales_mode="tender" if lead.rfp else "complex",
        primary_contact_id=contact_id,
        need=lead.need,
        rfp=lead.rfp,
        rfp_due_date=lead.rfp_due_date,
        fast_track=decided,
        pursue_decision="pursue" if decided else None,
    )
