"""Choose purpose and people: from here on the call has a record of its own."""

from __future__ import annotations

from typing import Any

from crm import call_people, opportunities, sales_calls
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall
from crm.titles import both
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import completion


@handler("schedule_sales_call.choose_purpose")
@completion
def choose_purpose(context: TaskContext[Any]) -> Outcome:
    """Makes the call, or changes the one that is to be agreed anew, and turns the process to it.

    The people are of one customer, the opportunity is this customer's, and every proposed time is to come.
    """
    form = context.form
    numbers = calls.numbers(form["contacts"])
    account_id = _account(context, numbers)
    deal = _deal(context, account_id)
    if errors := calls.past_times(context, form["proposed_times"], "proposed_times"):
        return Refuse(errors)
    if not form["proposed_times"]:
        return Refuse({"proposed_times": Sentence("Expected at least one time to propose.")})
    call = _kept(context, account_id, deal)
    by = calls.actor(context, call)
    ours = form.get("our_attendees") or []
    call_people.invite(context.session, call, numbers, ours, by=by, at=context.now)
    variables = {**calls.naming(context, call), "business_record": None, "coordination": None, "answer": None}
    return Done(variables, business_key=call.business_key)


def _account(context: TaskContext[Any], numbers: list[str]) -> int:
    found = call_people.find_contacts(context.session, numbers)
    accounts = {account_id for _, account_id in found.values()}
    call = _agreed_anew(context)
    known = call.account_id if call else _known_account(context)
    if len(accounts | ({known} if known else set())) != 1:
        raise InvalidValue(
            "Expected people of one customer, but some belong to another.",
            field="contacts", record=both("the call", "此次拜访"), value=", ".join(numbers),
        )  # fmt: skip
    return accounts.pop()


def _known_account(context: TaskContext[Any]) -> int | None:
    kind, _ = subject.kind_and_number(context)
    if kind == subject.USER:
        return None
    return calls.call_of(context).account_id if kind == calls.SALES_CALL else subject.account_of(context).id


def _agreed_anew(context: TaskContext[Any]) -> SalesCall | None:
    if subject.kind_and_number(context)[0] != calls.SALES_CALL:
        return None
    call = calls.call_of(context)
    return call if call.status in sales_calls.TO_BE_AGREED else None


def _deal(context: TaskContext[Any], account_id: int) -> Opportunity | None:
    chosen = context.form.get("opportunity")
    if not chosen:
        return None
    deal = opportunities.get(context.session, calls.numbers([chosen])[0])
    if deal.account_id != account_id:
        raise InvalidValue(
            "Expected an opportunity of the customer whose people were chosen, but %(value)s is another's.",
            field="opportunity", record=both("the call", "此次拜访"), value=deal.number,
        )  # fmt: skip
    return deal


def _kept(context: TaskContext[Any], account_id: int, deal: Opportunity | None) -> SalesCall:
    form, session, at = context.form, context.session, context.now
    agreed = {
        "purpose": form["purpose"],
        "customer_reason": form["customer_reason"],
        "channel": form["channel"],
        "proposed_times": calls.iso(form["proposed_times"]),
        "duration_min": form["duration_min"],
        "opportunity_id": deal.id if deal else None,
        "call_priority": context.variables.get("call_priority"),
    }
    call = _agreed_anew(context)
    if call is not None:
        return sales_calls.change(session, call, agreed, by=calls.actor(context, call), at=at)
    owner = context.variables["owner"]
    before = calls.call_of(context).id if subject.kind_and_number(context)[0] == calls.SALES_CALL else None
    by = context.actor or owner
    return sales_calls.create(session, account_id, owner, by=by, at=at, previous_call_id=before, **agreed)
