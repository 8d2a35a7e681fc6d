"""Load call: who takes part, how large the opportunity is, and who is the highest among the customer's people."""

from __future__ import annotations

from typing import Any

from crm import call_people
from crm.errors import InvalidValue
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading

OPEN: dict[str, Any] = {"ready": None, "coaching_note": None, "ready_items_missing": [], "call_depth": None}


@handler("plan_for_sales_call.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Sets what table D10 asks for, and what was prepared already; a call without an agreed time is refused."""
    call = calls.call_of(context)
    if call.start_at is None:
        raise InvalidValue(
            "Expected a call with an agreed time, but %(record)s has none. Agree on one first.",
            field="start_at", record=call.number, value="nothing",
        )  # fmt: skip
    people = [one for one in call_people.contacts(context.session, call.id) if one.invited]
    variables = {
        **calls.naming(context, call),
        "deal_band": calls.deal_band(context, call),
        "attendee_level": call_people.level(people),
        "our_people": calls.our_people(context, call),
        "material_owners": calls.experts(context, call) or [call.owner],
        **_prepared(context, call),
        **OPEN,
    }
    return Done(variables)


def _prepared(context: TaskContext[Any], call: SalesCall) -> dict[str, Any]:
    return {
        "primary_objective": call.primary_objective,
        "minimum_outcome": call.minimum_outcome,
        "success_signal": call.success_signal,
        "learn_goals": call.learn_goals,
        "questions": call.questions,
        "value_messages": call.value_messages,
        "concerns": call.expected_concerns,
        "agenda": calls.agenda_rows(context, call),
        "roles": [
            {"attendee": one.login, "role": one.role}
            for one in call_people.attendees(context.session, call.id)
            if one.invited and one.role
        ],
        "agenda_approved": call.agenda_approved,
    }
