"""Define agenda and roles: topics that fit into the time, and who of us does what."""

from __future__ import annotations

from typing import Any

from crm import call_notes, call_people, sales_calls
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("plan_for_sales_call.define_agenda")
@completion
def define_agenda(context: TaskContext[Any]) -> Outcome:
    """Refuses an agenda that takes longer than the call, and two parts for one person."""
    form, call, at = context.form, calls.call_of(context), context.now
    by, roles = calls.actor(context, call), form.get("roles") or []
    people = [row["attendee"] for row in roles]
    if len(people) != len(set(people)):
        return Refuse({"roles": Sentence("Expected one part for each person, but somebody has two.")})
    call_notes.set_agenda(context.session, call, form["agenda"], by=by, at=at)
    parts = {row["attendee"]: row["role"] for row in roles}
    call_people.give_roles(context.session, call, parts, by=by, at=at)
    changes = {"agenda_approved": bool(form.get("agenda_approved"))}
    sales_calls.change(context.session, call, changes, by=by, at=at)
    return Done({})
