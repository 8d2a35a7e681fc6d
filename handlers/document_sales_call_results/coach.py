"""Coach: advice for the rep after a setback; only the rep and the management line read it."""

from __future__ import annotations

from typing import Any

from crm import coaching
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("document_sales_call_results.coach")
@completion
def coach(context: TaskContext[Any]) -> Outcome:
    """Keeps the advice and tells the rep that there is some."""
    call = calls.call_of(context)
    by, advice = context.actor or call.owner, context.form["coaching"]
    coaching.add(context.session, call.owner, advice, kind="call", by=by, at=context.now, sales_call_id=call.id)
    text = Sentence("There is advice for you on %(number)s.", number=call.number)
    return Done({"coaching": None}, notices=[Notice(call.owner, None, text)])
