"""The panels beside the forms of sales calls: the customer, the call, its brief, agenda, notes and follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from crm import (
    access,
    accounts,
    call_follow_ups,
    call_notes,
    call_people,
    contact_cadence,
    contacts,
    opportunities,
    sales_calls,
    states,
)
from crm.accounts import Account
from crm.kinds.kind import Choice
from crm.kinds.sales_call import BRIEF_LINES, CHANNELS, OUTCOMES, PURPOSES, SUGGESTIONS
from crm.kinds.sales_call_parts import NOTES, SIDES
from crm.panels import Asked, Cells, Panel, Panels
from crm.sales_calls import SalesCall

PEOPLE = ("Person", "Title", "Phone", "E-mail", "Stance")
AGENDA_STATES: tuple[Choice, ...] = (
    ("open", "Open", "未讨论"),
    ("covered", "Covered", "已讨论"),
    ("dropped", "Dropped", "已取消"),
)
CONFLICTS: tuple[Choice, ...] = (
    ("same_contact", "A colleague meets the same person", "同事拜访同一联系人"),
    ("busy", "Another call at that time", "该时间已有拜访"),
    ("day_off", "Not a working day", "非工作日"),
)


def named(choices: tuple[Choice, ...], value: str | None) -> Mapping[str, str] | None:
    """A choice by language; None for none."""
    found = [{"en": en, "zh-Hans": zh} for code, en, zh in choices if code == value]
    return found[0] if found else None


def _call(asked: Asked) -> SalesCall:
    return sales_calls.get(asked.connection, asked.number)


def _customer(asked: Asked) -> Account | None:
    kind = asked.business_key.partition(":")[0]
    if kind == "account":
        return accounts.get(asked.connection, asked.number)
    if kind == "opportunity":
        return accounts.by_id(asked.connection, opportunities.get(asked.connection, asked.number).account_id)
    return accounts.by_id(asked.connection, _call(asked).account_id) if kind == "sales_call" else None


def _call_customer(asked: Asked) -> Panel:
    customer = _customer(asked)
    if customer is None:
        return Panel("The customer", empty="Choose the people; their company is the customer.")
    last = contact_cadence.last_contact(asked.connection, customer.id)
    facts = (
        ("Customer", f"{customer.number} {customer.name}"),
        ("Tier", customer.tier),
        ("Owner", customer.owner),
        ("Contact at least every (days)", contact_cadence.cadence_days(customer)),
        ("Last contact", None if last is None else last.date()),
    )
    private = access.hidden_fields(asked.who, customer.owner) & {"phone", "email"}
    rows = tuple(
        (one.name, one.title, None if private else one.phone, None if private else one.email, one.stance)
        for one in contacts.listing(asked.connection, customer.id)
    )
    return Panel("The customer", facts, PEOPLE, rows, "This customer has no active contact.")


def _sales_call(asked: Asked) -> Panel:
    call = _call(asked)
    facts = (
        ("Sales call", call.number),
        ("Customer", accounts.by_id(asked.connection, call.account_id).name),
        ("Purpose", named(PURPOSES, call.purpose)),
        ("Channel", named(CHANNELS, call.channel)),
        ("Why the customer should want it", call.customer_reason),
        ("Starts at", call.start_at),
        ("Duration (minutes)", call.duration_min),
        ("Main objective", call.primary_objective),
        ("Least acceptable outcome", call.minimum_outcome),
        ("Commitment to ask for", named(SUGGESTIONS, call.suggested_commitment)),
        ("Outcome", named(OUTCOMES, call.outcome)),
    )
    rows = [(one.name, one.title, one.phone, one.email, one.stance) for one in _people(asked, call)]
    rows += [(one.name, one.role, None, None, None) for one in call_people.attendees(asked.connection, call.id)]
    known = tuple((label, value) for label, value in facts if value is not None)
    return Panel("The call", known, PEOPLE, tuple(rows), "Nobody is invited yet.")


def _people(asked: Asked, call: SalesCall) -> list[call_people.CallContact]:
    return [one for one in call_people.contacts(asked.connection, call.id) if one.invited or one.present]


def _conflicts(asked: Asked) -> Panel:
    found = asked.variables.get("conflicts") or []
    rows = tuple((named(CONFLICTS, one["kind"]), one["who"], one["call"], one["contact"], one["when"]) for one in found)
    columns = ("What stands against it", "Person", "Sales call", "Contact", "When")
    return Panel("Conflicts", (), columns, rows, "Nothing stands against it.")


def _times(asked: Asked) -> Panel:
    call = _call(asked)
    rows = tuple((datetime.fromisoformat(text),) for text in call.proposed_times)
    facts = (("Requests sent", call.attempts), ("Duration (minutes)", call.duration_min))
    return Panel("Proposed times", facts, ("When",), rows, "No time is proposed.")


def _brief(asked: Asked) -> Panel:
    rows = tuple(
        (named(BRIEF_LINES, one["kind"]), _day(one["on"]), one["who"], one["text"]) for one in _call(asked).brief
    )
    columns = ("Kind", "Date", "Person or number", "Text")
    return Panel("Brief", (), columns, rows, "No earlier call and no open follow-up.")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _agenda(asked: Asked) -> Panel:
    items = call_notes.agenda(asked.connection, _call(asked).id)
    rows = tuple((one.topic, one.minutes, one.lead, named(AGENDA_STATES, one.status)) for one in items)
    return Panel("Agenda", (), ("Topic", "Minutes", "Led by", "Status"), rows, "There is no agenda.")


def _preparation(asked: Asked) -> Panel:
    call = _call(asked)
    facts = (
        ("Main objective", call.primary_objective),
        ("Least acceptable outcome", call.minimum_outcome),
        ("Sign of success", call.success_signal),
        ("What to learn", "; ".join(one["goal"] for one in call.learn_goals) or None),
    )
    rows: list[Cells] = [(one["text"], None) for one in call.questions]
    rows += [(one["message"], one.get("proof")) for one in call.value_messages]
    rows += [(one["expected"], one.get("response")) for one in call.expected_concerns]
    rows += [(one["material"], one.get("note")) for one in call.documents]
    columns = ("Question, message, concern or material", "Proof, answer or note")
    known = tuple((label, value) for label, value in facts if value)
    return Panel("Preparation", known, columns, tuple(rows), "Nothing is prepared yet.")


def _notes(asked: Asked) -> Panel:
    found = call_notes.listing(asked.connection, _call(asked).id)
    rows = tuple((named(NOTES, one.kind), one.text, _settled(one)) for one in found)
    return Panel("Notes", (), ("Kind", "Text", "Confirmed or settled"), rows, "Nothing was noted.")


def _settled(note: call_notes.Note) -> Mapping[str, str] | None:
    value = note.confirmed if note.resolved is None else note.resolved
    return None if value is None else {"en": "Yes", "zh-Hans": "是"} if value else {"en": "No", "zh-Hans": "否"}


def _follow_ups(asked: Asked) -> Panel:
    found = call_follow_ups.listing(asked.connection, _call(asked).id)
    rows = tuple(
        (one.action, named(SIDES, one.side), one.owner or one.contact_name, one.due, _state(one)) for one in found
    )
    return Panel("Follow-ups", (), ("Action", "Side", "Person", "Due on", "Status"), rows, "Nothing was agreed.")


def _state(item: call_follow_ups.FollowUp) -> Mapping[str, str] | None:
    return states.CALL_FOLLOW_UP.named(item.status)


PANELS: Panels = {
    "call_customer": _call_customer,
    "sales_call": _sales_call,
    "call_conflicts": _conflicts,
    "call_times": _times,
    "call_brief": _brief,
    "call_agenda": _agenda,
    "call_preparation": _preparation,
    "call_notes": _notes,
    "call_follow_ups": _follow_ups,
}
