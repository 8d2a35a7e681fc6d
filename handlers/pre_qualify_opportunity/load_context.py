"""Load what the opportunity begins with: a draft, a lead, a customer, or nothing but a conversation."""

from __future__ import annotations

from typing import Any

from crm import access, accounts, contacts, flags
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import customers, leads, registering, subject
from handlers.shared.outcomes import loading

UNKNOWN: dict[str, Any] = {
    "account_id": None,
    "contact_id": None,
    "duplicate_found": False,
    "duplicate_of": None,
    "dup_action": None,
    "new_account_name": None,
    "owner_assigned": False,
}
ASKED = {kept: asked for asked, kept in registering.SOURCES.items()}
PURSUED = {"pursue": "yes", "no": "no"}


@handler("pre_qualify_opportunity.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Sets lead_pursue: what was decided before, or undecided; the fast track may be switched off."""
    kind, _ = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        deal = subject.opportunity_of(context)
        known, decided = _draft(context, deal), deal.pursue_decision
    else:
        known, decided = _known(context, kind), None
    decided = context.variables.get("pursue_decision") or decided
    fast = flags.enabled(context.session, "fast_track_enabled")
    pursue = PURSUED.get(str(decided), "undecided")
    return Done({**UNKNOWN, **known, "lead_pursue": "undecided" if pursue == "yes" and not fast else pursue})


def _draft(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    customer = accounts.by_id(context.session, deal.account_id)
    person = contacts.by_id(context.session, deal.primary_contact_id) if deal.primary_contact_id else None
    return {
        **subject.naming(deal, customer),
        "name": deal.name,
        "account": f"{subject.ACCOUNT}:{customer.number}",
        "contact": f"contact:{person.number}" if person else None,
        "source": ASKED.get(deal.source, deal.source),
        "need": deal.need,
        "est_amount": deal.amount,
        "est_close_date": deal.expected_close_date,
        "sales_mode": deal.sales_mode,
        "rfp": deal.rfp,
        "rfp_due_date": deal.rfp_due_date,
    }


def _known(context: TaskContext[Any], kind: str) -> dict[str, Any]:
    given = context.variables.get("owner")
    if kind == subject.LEAD:
        lead = leads.lead_of(context)
        known = leads.naming(lead)
        return {
            **known,
            "name": lead.company,
            "new_account_name": lead.company,
            "source": "rfp" if lead.rfp else "lead",
        }
    if kind == subject.ACCOUNT:
        customer = subject.account_of(context)
        key = f"{subject.ACCOUNT}:{customer.number}"
        owner = given or context.actor or subject.starter(context) or customer.owner
        return {**customers.naming(customer), "owner": owner, "account": key}
    if kind != subject.USER and not access.exists(context.session, subject.business_record(context)):
        raise RecordNotFound(record=subject.business_record(context))
    return {"owner": given or subject.doer(context)}
