"""Tell the manager: an opportunity stays in its stage for too long."""

from __future__ import annotations

from typing import Any

from crm import stages, users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("opportunity_lifecycle_u8.notify_manager")
@automatic
def notify_manager(context: TaskContext[Any]) -> Outcome:
    """Goes to the owner's manager; without one, to operations."""
    deal = subject.opportunity_of(context)
    manager = users.get(context.session, deal.owner).manager
    stage = stages.get(context.session, deal.stage) if deal.stage else None
    text = Sentence(
        "%(number)s %(name)s has been in the stage %(stage)s for longer than %(days)s days.",
        number=deal.number,
        name=deal.name,
        stage=stage.names if stage else "",
        days=stage.max_days if stage else 0,
    )
    return Done({}, notices=[Notice(manager, None if manager else "ops", text)])
