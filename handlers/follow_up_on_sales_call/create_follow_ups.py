"""Create follow-up tasks: the work on every one begins."""

from __future__ import annotations

from datetime import time
from typing import Any

from crm import call_follow_ups
from crm.people import Directory
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic

CLOSES = time(18)


@handler("follow_up_on_sales_call.create_follow_ups")
@automatic
def create_follow_ups(context: TaskContext[Any]) -> Outcome:
    """Ours become one task each, due at the end of its day where its owner is; without any nothing is asked."""
    call = calls.call_of(context)
    call_follow_ups.open_planned(context.session, call, by=calls.actor(context, call), at=context.now)
    waiting = [item for item in call_follow_ups.listing(context.session, call.id) if not item.is_closed]
    ours = [item for item in waiting if item.side == call_follow_ups.US]
    directory = Directory(context.session)
    items = []
    for item in ours:
        owner = item.owner or call.owner
        due_at = directory.calendar_of(owner).at(item.due, CLOSES)
        items.append({"id": item.id, "action": item.action, "owner": owner, "due_at": due_at})
    variables = {
        "our_items": items,
        "customer_follow_ups": calls.customer_follow_ups(context, call),
        "all_follow_ups_closed": not waiting,
    }
    return Done(variables)
