"""Rehearse with manager: ready or not, and advice for the rep."""

from __future__ import annotations

from typing import Any

from crm import coaching, sales_calls
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("plan_for_sales_call.rehearse")
@completion
def rehearse(context: TaskContext[Any]) -> Outcome:
    """A call that is not ready goes back with advice; the advice is for the rep and the line only."""
    ready, advice = context.form["ready"], context.form.get("coaching")
    if not ready and not advice:
        return Refuse({"coaching": Sentence("Expected what has to change, when the call is not ready.")})
    call = calls.call_of(context)
    by = context.actor or call.owner
    sales_calls.change(context.session, call, {"rehearsed": ready}, by=by, at=context.now)
    if advice:
        coaching.add(
            context.session, call.owner, advice, kind="rehearsal", by=by, at=context.now, sales_call_id=call.id
        )
    if ready:
        text = Sentence("%(number)s was rehearsed and is ready.", number=call.number)
    else:
        text = Sentence("%(number)s was rehearsed and needs more preparation.", number=call.number)
    return Done({"coaching_note": advice, "coaching": None}, notices=[Notice(call.owner, None, text)])
