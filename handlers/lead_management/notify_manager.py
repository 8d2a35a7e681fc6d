"""Tell the manager: a lead lies untouched for three days."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import automatic


@handler("lead_management.notify_manager")
@automatic
def notify_manager(context: TaskContext[Any]) -> Outcome:
    """Goes to the manager of whoever has the lead; where there is none, to all managers."""
    owner = users.find(context.session, str(context.variables.get("owner")))
    manager = owner.manager if owner else None
    name = str(context.variables.get("company") or context.business_key)
    text = Sentence("A lead has not been captured for three days: %(name)s. See that somebody takes it.", name=name)
    return Done({}, notices=[Notice(manager, None if manager else "mgr", text)])
