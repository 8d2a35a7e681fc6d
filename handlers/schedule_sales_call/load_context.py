"""Load customer: whom to talk to, and which call is to be agreed anew, if any."""

from __future__ import annotations

from typing import Any

from crm import accounts, call_people, contact_cadence, contacts, opportunities, sales_calls, users
from crm.accounts import Account
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall
from crm.titles import both
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import loading

UNANSWERED: dict[str, Any] = {
    "answer": None,
    "agreed_time": None,
    "coordination": None,
    "conflict": False,
    "conflicts": [],
}
UNDECIDED: dict[str, Any] = {
    "purpose": None,
    "channel": None,
    "duration_min": None,
    "our_attendees": [],
    "proposed_times": [],
}


@handler("schedule_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Starts for a customer, an opportunity, a call (to be agreed anew, or to be followed by another), or nothing.

    Without a record the people chosen in the next step say who the customer is. A customer without an
    active contact is the error RECORD_NOT_FOUND.
    """
    kind, number = subject.kind_and_number(context)
    if kind == subject.USER:
        return Done({"owner": number, "overdue_ratio": 0, "late_stage_deal": False, **UNDECIDED, **_blank(context)})
    call = calls.call_of(context) if kind == calls.SALES_CALL else None
    deal = _deal(context, call)
    customer = accounts.by_id(context.session, call.account_id) if call else subject.account_of(context)
    if not contacts.listing(context.session, customer.id):
        raise RecordNotFound(
            record=both(
                f"a contact of {customer.number} {customer.name}", f"{customer.number} {customer.name} 的联系人"
            )
        )
    owner = call.owner if call else _owner(context, customer, deal)
    variables = {
        "owner": owner,
        "manager": users.get(context.session, owner).manager,
        "account_number": customer.number,
        "account_name": customer.name,
        "customer": customer.name,
        "opportunity_id": deal.number if deal else None,
        "opportunity_name": deal.name if deal else None,
        "overdue_ratio": contact_cadence.overdue_ratio(context.session, customer, context.now),
        "late_stage_deal": contact_cadence.has_late_deal(context.session, customer.id),
        **UNDECIDED,
        **_blank(context),
        "opportunity": deal.business_key if deal else None,
        **(_again(context, call) if call else {}),
    }
    return Done(variables)


def _deal(context: TaskContext[Any], call: SalesCall | None) -> Opportunity | None:
    if call is not None:
        return calls.deal_of(context, call)
    kind, number = subject.kind_and_number(context)
    return opportunities.get(context.session, number) if kind == subject.OPPORTUNITY else None


def _owner(context: TaskContext[Any], customer: Account, deal: Opportunity | None) -> str:
    """Whom the hand-over names, or whoever asked for the call and sells; else the owner of opportunity or customer."""
    named = context.variables.get("call_owner") or subject.starter(context)
    starter = users.find(context.session, named or "")
    if starter is not None and "rep" in starter.roles:
        return starter.login
    return deal.owner if deal else customer.owner


def _blank(context: TaskContext[Any]) -> dict[str, Any]:
    reason = context.variables.get("customer_reason")
    return {"customer_reason": reason, "contacts": [], "opportunity": None, "call_status": None, **UNANSWERED}


def _again(context: TaskContext[Any], call: SalesCall) -> dict[str, Any]:
    """What the earlier agreement said; the next call after one that took place has a purpose of its own."""
    people = [one for one in call_people.contacts(context.session, call.id) if one.invited]
    kept = {
        "contacts": [f"contact:{one.number}" for one in people],
        "our_attendees": calls.experts(context, call),
        "channel": call.channel,
        "duration_min": call.duration_min,
    }
    if call.status not in sales_calls.TO_BE_AGREED:
        return kept
    reason = {"purpose": call.purpose, "customer_reason": call.customer_reason, "call_status": call.status}
    return {**kept, **reason, "record_name": call.number, "sales_call_number": call.number}
