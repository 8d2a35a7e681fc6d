"""Confirm attendance: who is there, when it began, and whether to go on."""

from __future__ import annotations

from typing import Any

from crm import call_people, sales_calls
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("open_sales_call.confirm_attendance")
@completion
def confirm_attendance(context: TaskContext[Any]) -> Outcome:
    """Going on takes somebody of the customer; where nobody of them came, the call is not held."""
    form, choice = context.form, context.form["continue_call"]
    call, at = calls.call_of(context), context.now
    by = calls.actor(context, call)
    ours = {one["value"] for one in calls.our_people(context, call)}
    theirs = [value for value in form["present"] if value not in ours]
    if choice == "continue" and not theirs:
        return Refuse({"present": Sentence("Expected somebody of the customer to be there to go on.")})
    if choice == "no_show" and theirs:
        return Refuse({"present": Sentence("Expected nobody of the customer to be there, when nobody came.")})
    if choice == "reschedule":
        return Done({})
    call_people.mark_present(context.session, call, form["present"], by=by, at=at)
    if choice == "no_show":
        call = sales_calls.move(context.session, call, "not_held", by=by, at=at, key_person_present=False)
        return Done({"call_status": call.status, "call_held": False})
    changes = {"actual_start": form["actual_start"], "key_person_present": form["key_person_present"]}
    sales_calls.change(context.session, call, changes, by=by, at=at)
    return Done({})
