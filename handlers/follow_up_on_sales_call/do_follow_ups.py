"""Do follow-ups: what became of one of ours."""

from __future__ import annotations

from typing import Any

from crm import call_follow_ups
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("follow_up_on_sales_call.do_follow_ups")
@completion
def do_follow_ups(context: TaskContext[Any]) -> Outcome:
    """One that the manager dropped meanwhile stays dropped."""
    call = calls.call_of(context)
    item = call_follow_ups.get(context.session, int(context.variables["follow_up"]["id"]))
    if item.status != "dropped":
        result, note = context.form["result"], context.form.get("note")
        by = context.actor or item.owner or call.owner
        call_follow_ups.settle(context.session, call, item, result, note, by=by, at=context.now)
    return Done({})
