"""Load call: the agenda, who of us is there, and how far the opportunity is."""

from __future__ import annotations

from typing import Any

from crm import call_people, contact_cadence
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading


@handler("execute_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Experts are our people besides the owner who came; without an opportunity the stage counts as early."""
    call = calls.call_of(context)
    topics = calls.open_topics(context, call)
    experts = [one.login for one in call_people.attendees(context.session, call.id) if one.present]
    variables = {
        **calls.naming(context, call),
        "stage_group": _stage_group(context, call),
        "experts": experts,
        "expert_available": bool(experts),
        "open_topics": topics,
        "topics_left": len(topics),
        "planned_messages": [row["message"] for row in call.value_messages],
        "time_left": None,
        "interest": None,
        "open_concerns": 0,
    }
    return Done(variables)


def _stage_group(context: TaskContext[Any], call: SalesCall) -> str:
    deal = calls.deal_of(context, call)
    if deal is None:
        return contact_cadence.EARLY
    return contact_cadence.stage_third(context.session, deal.sales_mode, deal.stage)
