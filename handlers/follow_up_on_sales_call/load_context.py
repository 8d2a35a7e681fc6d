"""Load call: its outcome, its end, and whether another one is wanted."""

from __future__ import annotations

from typing import Any

from crm import call_follow_ups, people
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading


@handler("follow_up_on_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Both a next call and an opportunity: the next call comes first, and the plan is told by a message."""
    call = calls.call_of(context)
    variables = {
        **calls.naming(context, call),
        "call_outcome": call.outcome,
        "call_ended_at": call.actual_end or context.now,
        "next_call_wanted": call.next_call_wanted,
        "also_update_plan": call.next_call_wanted and call.opportunity_id is not None and call.outcome != "not_held",
        "customer_response": call.summary,
        "summary_draft": _letter(context, call),
        "follow_up_round": 0,
        "all_follow_ups_closed": False,
    }
    return Done(variables)


def _letter(context: TaskContext[Any], call: SalesCall) -> str | None:
    """What both sides agreed on, and who does what, to begin the letter with."""
    names = people.Directory(context.session)
    points = [row["point"] for row in call.agreed_points]
    steps = [
        f"{item.due}: {item.action} ({item.contact_name or names.display_name(str(item.owner))})"
        for item in call_follow_ups.listing(context.session, call.id)
    ]
    return "\n".join([*points, *steps]) or None
