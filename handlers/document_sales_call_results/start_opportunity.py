"""Start Pre-qualify: the new opportunity is registered and looked at, while the report goes on."""

from __future__ import annotations

from typing import Any

from crm import call_people
from engine.contract import Done, Outcome, Start, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import automatic


@handler("document_sales_call_results.start_opportunity")
@automatic
def start_opportunity(context: TaskContext[Any]) -> Outcome:
    """Takes along the need, where it came from, and whom we spoke to; whoever held the call registers it."""
    call = calls.call_of(context)
    customer = calls.customer_of(context, call)
    people = call_people.contacts(context.session, call.id)
    met = next((one.number for one in people if one.present), None)
    given = {
        "source": "call",
        "need": context.variables.get("new_need"),
        "contact": f"contact:{met}" if met else None,
        "sales_call": call.number,
        "owner": call.owner,
    }
    key = f"{subject.ACCOUNT}:{customer.number}"
    return Done({}, starts=[Start("pre-qualify-opportunity", key, given)])
