"""Notify manager: the report is two days late."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("document_sales_call_results.notify_manager")
@automatic
def notify_manager(context: TaskContext[Any]) -> Outcome:
    """Goes to the owner's manager; without one, to operations."""
    call = calls.call_of(context)
    owner = users.get(context.session, call.owner)
    text = Sentence("%(owner)s has not written the report on %(number)s yet.", owner=owner.names, number=call.number)
    return Done({}, notices=[Notice(owner.manager, None if owner.manager else "ops", text)])
