"""Check readiness: what is still missing before the agenda may go out."""

from __future__ import annotations

from typing import Any

from crm import call_notes, call_people
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("plan_for_sales_call.check_readiness")
@automatic
def check_readiness(context: TaskContext[Any]) -> Outcome:
    """Sets `ready_items_missing`: leads, roles, material (of a call with full preparation), consent."""
    call = calls.call_of(context)
    items = call_notes.agenda(context.session, call.id)
    people = [one for one in call_people.attendees(context.session, call.id) if one.invited]
    lacking = {
        "leads": any(item.lead is None for item in items),
        "roles": any(not one.role for one in people),
        "material": call.depth == "full" and not call.documents,
        "consent": not call.agenda_approved,
    }
    return Done({"ready_items_missing": [name for name, missing in lacking.items() if missing]})
