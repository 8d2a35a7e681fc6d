"""Load call: its objectives, and who of the customer may have something to do."""

from __future__ import annotations

from typing import Any

from crm import call_people
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading

UNANSWERED: dict[str, Any] = {"commitment": None, "fallback_accepted": None, "reason": None, "reason_text": None}


@handler("close_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """What was suggested in the conversation stands beside the objectives of the plan."""
    call = calls.call_of(context)
    people = [one for one in call_people.contacts(context.session, call.id) if one.invited or one.present]
    variables = {
        **calls.naming(context, call),
        "primary_objective": call.primary_objective,
        "minimum_outcome": call.minimum_outcome,
        "suggested_commitment": call.suggested_commitment,
        "their_people": [{"value": one.number, "label": one.name, "label:zh-Hans": one.name} for one in people],
        "agreed_points": [],
        "open_points": [],
        **UNANSWERED,
    }
    return Done(variables)
