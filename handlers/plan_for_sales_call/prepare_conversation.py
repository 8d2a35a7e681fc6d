"""Prepare questions and messages: what to ask, what to say, what to answer."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("plan_for_sales_call.prepare_conversation")
@completion
def prepare_conversation(context: TaskContext[Any]) -> Outcome:
    """Writes questions, messages and expected concerns to the call."""
    form, call = context.form, calls.call_of(context)
    changes = {
        "questions": form["questions"],
        "value_messages": form["value_messages"],
        "expected_concerns": form.get("concerns") or [],
    }
    sales_calls.change(context.session, call, changes, by=calls.actor(context, call), at=context.now)
    return Done({})
