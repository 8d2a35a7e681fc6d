"""The sales call that an instance is about, and the variables that every process about one starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from crm import (
    accounts,
    call_follow_ups,
    call_notes,
    call_people,
    contacts,
    opportunities,
    sales_calls,
    thresholds,
    users,
)
from crm.accounts import Account
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall
from engine.contract import Sentence, TaskContext
from handlers.shared import decisions, subject

SALES_CALL = "sales_call"
NO_DEAL = "none"


def call_of(context: TaskContext[Any]) -> SalesCall:
    """The sales call this instance is about; raises `RecordNotFound`."""
    kind, number = subject.kind_and_number(context)
    if kind != SALES_CALL:
        raise subject.unknown(context, "a sales call", "销售拜访")
    return sales_calls.get(context.session, number)


def customer_of(context: TaskContext[Any], call: SalesCall) -> Account:
    """The customer of a call."""
    return accounts.by_id(context.session, call.account_id)


def deal_of(context: TaskContext[Any], call: SalesCall) -> Opportunity | None:
    """The opportunity that a call serves, or None."""
    return opportunities.by_id(context.session, call.opportunity_id) if call.opportunity_id else None


def actor(context: TaskContext[Any], call: SalesCall) -> str:
    """Who did it: the person whose command runs, else (a timer, a retry) the owner of the call."""
    return context.actor or call.owner


def naming(context: TaskContext[Any], call: SalesCall) -> dict[str, Any]:
    """The variables by which people and conditions recognise the call, its customer and its opportunity."""
    customer, deal = customer_of(context, call), deal_of(context, call)
    return {
        "owner": call.owner,
        "manager": users.get(context.session, call.owner).manager,
        "record_name": call.number,
        "sales_call_number": call.number,
        "call_status": call.status,
        "account_number": customer.number,
        "account_name": customer.name,
        "customer": customer.name,
        "opportunity_id": deal.number if deal else None,
        "opportunity_name": deal.name if deal else None,
        "start_at": call.start_at,
        "duration_min": call.duration_min,
    }


def beginning(context: TaskContext[Any]) -> dict[str, Any]:
    """What a process starts from that agrees on a call first: a call, a customer, an opportunity, or only a person.

    Raises `RecordNotFound` for anything else.
    """
    kind, number = subject.kind_and_number(context)
    if kind == subject.USER:
        return {"owner": users.get(context.session, number).login, "call_status": None}
    if kind == SALES_CALL:
        return naming(context, call_of(context))
    customer = subject.account_of(context)
    names = {"account_number": customer.number, "account_name": customer.name, "customer": customer.name}
    return {"owner": customer.owner, **names, "call_status": None}


def deal_band(context: TaskContext[Any], call: SalesCall) -> str:
    """The size of the opportunity that a call serves, by table D01; `none` without one."""
    deal = deal_of(context, call)
    if deal is None:
        return NO_DEAL
    limits = thresholds.in_force(context.session, context.now).limits
    answer = decisions.ask(context, "amount_band", {"amount_base": deal.amount_base or 0, **limits})
    return str(decisions.output(answer, "amount_band"))


def our_people(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """Our people in a call, its owner first, as choices of a form: login, and name in both languages."""
    owner = users.get(context.session, call.owner)
    found = [(owner.login, owner.name, owner.name_zh)]
    found += [(one.login, one.name, one.name_zh) for one in _attendees(context, call) if one.invited]
    return [_choice(login, name, name_zh) for login, name, name_zh in found]


def all_people(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """The customer's people in a call and ours, as choices of a form."""
    invited = [one for one in call_people.contacts(context.session, call.id) if one.invited]
    named = [(one, ", ".join(part for part in (one.name, one.title) if part)) for one in invited]
    return [_choice(one.number, text, text) for one, text in named] + our_people(context, call)


def everybody_else(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """The customer's active contacts who are not invited to a call, as choices of a form."""
    invited = {one.number for one in call_people.contacts(context.session, call.id) if one.invited}
    others = [one for one in contacts.listing(context.session, call.account_id) if one.number not in invited]
    return [_choice(one.number, one.name, one.name) for one in others]


def agenda_rows(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """The agenda of a call as rows of a form."""
    items = call_notes.agenda(context.session, call.id)
    return [{"topic": item.topic, "minutes": item.minutes, "lead": item.lead} for item in items]


def open_topics(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """The topics of a call that are not covered yet, as choices of a form."""
    items = [item for item in call_notes.agenda(context.session, call.id) if item.status == "open"]
    return [_choice(str(item.id), item.topic, item.topic) for item in items]


def customer_follow_ups(context: TaskContext[Any], call: SalesCall) -> list[dict[str, Any]]:
    """What the customer is to do and has not done yet, as rows of a form."""
    found = call_follow_ups.listing(context.session, call.id, call_follow_ups.CUSTOMER)
    return [
        {"id": item.id, "action": item.action, "who": item.contact_name, "due": item.due}
        for item in found
        if not item.is_closed
    ]


def experts(context: TaskContext[Any], call: SalesCall) -> list[str]:
    """The logins of our people in a call besides its owner."""
    return [one.login for one in _attendees(context, call) if one.invited]


def keep(context: TaskContext[Any], fields: Iterable[str]) -> SalesCall:
    """Writes answers of the form to the columns of the same names."""
    call = call_of(context)
    changes = {name: context.form.get(name) for name in fields}
    return sales_calls.change(context.session, call, changes, by=actor(context, call), at=context.now)


def numbers(references: Iterable[str]) -> list[str]:
    """The numbers in business keys such as `contact:CON-0007`."""
    return [text.rpartition(":")[2] for text in references]


def in_past(context: TaskContext[Any], moment: datetime | None) -> bool:
    """Whether a moment is missing or over."""
    return moment is None or moment <= context.now


def past_times(context: TaskContext[Any], rows: Iterable[Mapping[str, Any]], field: str) -> dict[str, Sentence]:
    """A sentence for each proposed time that is over, by the path of its field."""
    text = "Expected a time that is still to come."
    return {f"{field}.{at}.time": Sentence(text) for at, row in enumerate(rows) if in_past(context, row.get("time"))}


def iso(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Proposed times as the record keeps them."""
    return [row["time"].isoformat() for row in rows]


def _attendees(context: TaskContext[Any], call: SalesCall) -> tuple[call_people.Attendee, ...]:
    return call_people.attendees(context.session, call.id)


def _choice(value: str, name: str, name_zh: str) -> dict[str, Any]:
    return {"value": value, "label": name, "label:zh-Hans": name_zh}
