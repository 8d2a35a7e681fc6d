"""Coordinate with colleagues: go together, keep, move or give up our call."""

from __future__ import annotations

from typing import Any

from crm import call_people, sales_calls, users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

TOLD = {
    "join": "%(who)s wants to go to %(customer)s together with you (%(number)s). %(note)s",
    "keep": "%(who)s keeps a separate call at %(customer)s (%(number)s). %(note)s",
    "move": "%(who)s moves the call at %(customer)s (%(number)s) because of yours. %(note)s",
    "cancel": "%(who)s leaves the call at %(customer)s to you (%(number)s). %(note)s",
}


@handler("schedule_sales_call.coordinate")
@completion
def coordinate(context: TaskContext[Any]) -> Outcome:
    """Keeps what was agreed and tells the colleagues; going together makes them part of the call."""
    call, choice = calls.call_of(context), context.form["coordination"]
    by, note = calls.actor(context, call), context.form.get("note")
    changes = {"coordination": choice, "coordination_note": note}
    call = sales_calls.change(context.session, call, changes, by=by, at=context.now)
    colleagues = _colleagues(context, call.owner)
    if choice == "join":
        for login in colleagues:
            call_people.join(context.session, call, login, by=by, at=context.now)
    customer = calls.customer_of(context, call)
    who = users.names(context.session, by)
    values = {"who": who, "customer": customer.name, "number": call.number, "note": note or ""}
    text = Sentence(TOLD[choice], **values)
    return Done({}, notices=[Notice(login, None, text) for login in colleagues])


def _colleagues(context: TaskContext[Any], owner: str) -> list[str]:
    """Those who meet the same person."""
    found = context.variables.get("conflicts") or []
    return sorted({one["who"] for one in found if one["kind"] == "same_contact"} - {owner})
