"""Adjust agenda: the topics that the customer wants."""

from __future__ import annotations

from typing import Any

from crm import call_notes
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("open_sales_call.adjust_agenda")
@completion
def adjust_agenda(context: TaskContext[Any]) -> Outcome:
    """The topics still have to fit into the agreed time."""
    call = calls.call_of(context)
    by = calls.actor(context, call)
    call_notes.set_agenda(context.session, call, context.form["agenda"], by=by, at=context.now)
    return Done({})
