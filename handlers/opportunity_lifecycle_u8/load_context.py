"""Load what the opportunity begins with: a draft, a lead, or nothing but a conversation."""

from __future__ import annotations

from typing import Any

from crm import accounts, contacts, flags, users
from crm.opportunities import Opportunity
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import leads, subject
from handlers.shared.outcomes import loading

FLAG = "crm_enabled"
UNKNOWN: dict[str, Any] = {
    "account_id": None,
    "contact_id": None,
    "customer_name": None,
    "contact_name": None,
    "is_valid": None,
    "owner_change_needed": False,
    "stage_work_done": None,
    "criteria_met": [],
    "unmet": [],
    "progress": None,
}


@handler("opportunity_lifecycle_u8.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Without the CRM module nothing of this works: operations are told."""
    if not flags.enabled(context.session, FLAG):
        text = "Expected the CRM module to be on, but it is off. Switch on %(flag)s in the settings and try again."
        return Fail(Sentence(text, flag=FLAG), retry=False)
    kind, _ = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        return Done({**UNKNOWN, **_draft(context, subject.opportunity_of(context))})
    if kind == subject.LEAD:
        lead = leads.lead_of(context)
        known = {"summary": lead.need, "customer_name": lead.company, "contact_name": lead.contact_name}
        return Done({**UNKNOWN, **known, "source": "rfp" if lead.rfp else "lead", "owner": lead.owner})
    if kind != subject.USER:
        raise subject.unknown(context, "an opportunity", "商机")
    return Done({**UNKNOWN, "owner": _rep(context)})


def _draft(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    customer = accounts.by_id(context.session, deal.account_id)
    person = contacts.by_id(context.session, deal.primary_contact_id) if deal.primary_contact_id else None
    return {
        **subject.naming(deal, customer),
        "name": deal.name,
        "source": deal.source,
        "summary": deal.need,
        "customer_known": True,
        "account_id": f"{subject.ACCOUNT}:{customer.number}",
        "contact_id": f"contact:{person.number}" if person else None,
        "sales_mode": deal.sales_mode,
        "est_amount": deal.amount,
        "est_close_date": deal.expected_close_date,
    }


def _rep(context: TaskContext[Any]) -> str | None:
    """Who started it, if that is a rep; marketing only confirms that there is an opportunity."""
    starter = users.find(context.session, subject.starter(context) or "")
    return starter.login if starter is not None and "rep" in starter.roles else None
