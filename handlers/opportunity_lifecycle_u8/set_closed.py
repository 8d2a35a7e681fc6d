"""9 Set closed: a won opportunity whose follow-up work is done is closed for good."""

from __future__ import annotations

from typing import Any

from crm import closing
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("opportunity_lifecycle_u8.set_closed")
@automatic
def set_closed(context: TaskContext[Any]) -> Outcome:
    """Only a won one can be closed."""
    deal = subject.opportunity_of(context)
    closed = closing.close(context.session, deal, by=subject.actor(context, deal), at=context.now)
    return Done({"status": closed.status}, events=["opportunity.closed"])
