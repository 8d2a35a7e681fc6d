"""Tell the manager: the question whether to resume is unanswered."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("manage_pended_opportunity.notify_manager")
@automatic
def notify_manager(context: TaskContext[Any]) -> Outcome:
    """Goes to the owner's manager; without one, to operations."""
    deal = subject.opportunity_of(context)
    owner = users.get(context.session, deal.owner)
    text = Sentence(
        "%(owner)s has not answered whether to resume %(number)s %(name)s. Answer, or give it to somebody else.",
        owner=owner.names,
        number=deal.number,
        name=deal.name,
    )
    return Done({}, notices=[Notice(owner.manager, None if owner.manager else "ops", text)])
