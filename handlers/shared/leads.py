"""The lead that an instance is about, and the variables by which people recognise it."""

from __future__ import annotations

from typing import Any

from crm import leads
from crm.leads import Lead
from engine.contract import TaskContext
from handlers.shared import subject


def lead_of(context: TaskContext[Any]) -> Lead:
    """The lead; raises `RecordNotFound`."""
    kind, number = subject.kind_and_number(context)
    if kind != subject.LEAD:
        raise subject.unknown(context, "a lead", "线索")
    return leads.get(context.session, number)


def naming(lead: Lead) -> dict[str, Any]:
    """What the lead says, under the names that forms ask for."""
    return {
        "lead": lead.business_key,
        "lead_number": lead.number,
        "record_name": f"{lead.number} {lead.company}",
        "owner": lead.owner,
        "company": lead.company,
        "contact_name": lead.contact_name,
        "phone_or_email": lead.phone_or_email,
        "source": lead.source,
        "need": lead.need,
        "rfp": lead.rfp,
        "rfp_due_date": lead.rfp_due_date,
        "document": lead.document,
    }
