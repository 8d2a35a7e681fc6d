"""What a possible sale begins with: an opportunity, a lead, a customer, or nothing but a conversation."""

from __future__ import annotations

from typing import Any

from crm import access, accounts
from crm.errors import RecordNotFound
from engine.contract import TaskContext
from handlers.shared import customers, leads, subject


def beginning(context: TaskContext[Any]) -> dict[str, Any]:
    """The variables by which people recognise the sale, and its owner; raises `RecordNotFound`."""
    kind, _ = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        deal = subject.opportunity_of(context)
        return subject.naming(deal, accounts.by_id(context.session, deal.account_id))
    if kind == subject.LEAD:
        return leads.naming(leads.lead_of(context))
    if kind == subject.ACCOUNT:
        return customers.naming(subject.account_of(context))
    record = subject.business_record(context)
    if kind != subject.USER and not access.exists(context.session, record):
        raise RecordNotFound(record=record)
    return {"owner": context.variables.get("owner") or subject.doer(context)}
