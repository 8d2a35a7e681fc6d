"""Load call: the one that was planned, or a new record for one that nobody planned."""

from __future__ import annotations

from typing import Any

from crm import call_notes, opportunities, sales_calls, users
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import loading

UNANSWERED: dict[str, Any] = {"present": [], "continue_call": None, "agenda_answer": None, "call_held": None}


@handler("open_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """A call without an appointment begins now; it is about the customer or the opportunity it was started from."""
    kind, _ = subject.kind_and_number(context)
    call = calls.call_of(context) if kind == calls.SALES_CALL else _unplanned(context)
    variables = {
        **calls.naming(context, call),
        "customer_reason": call.customer_reason,
        "people_expected": calls.all_people(context, call) + _contacts_unplanned(context, call),
        "our_people": calls.our_people(context, call),
        "agenda": calls.agenda_rows(context, call),
        **UNANSWERED,
    }
    turned = call.business_key if kind != calls.SALES_CALL else None
    return Done(variables, business_key=turned)


def _unplanned(context: TaskContext[Any]) -> SalesCall:
    customer = subject.account_of(context)
    kind, number = subject.kind_and_number(context)
    deal = opportunities.get(context.session, number) if kind == subject.OPPORTUNITY else None
    starter = users.find(context.session, subject.starter(context) or "")
    owner = starter.login if starter and "rep" in starter.roles else customer.owner
    return sales_calls.create(
        context.session, customer.id, owner, purpose="other", channel="visit", by=context.actor or owner,
        at=context.now, status="scheduled", start_at=context.now, opportunity_id=deal.id if deal else None,
    )  # fmt: skip


def _contacts_unplanned(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """Nobody is invited to a call without an appointment, so that everybody the customer has may be there."""
    planned = bool(call_notes.agenda(context.session, call.id)) or call.attempts > 0
    return [] if planned else calls.everybody_else(context, call)
