"""Set status Closed: a won opportunity whose follow-up work is done."""

from __future__ import annotations

from typing import Any

from crm import closing
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.set_closed")
@automatic
def set_closed(context: TaskContext[Any]) -> Outcome:
    """From won to closed, with a line in the stage history."""
    deal = subject.opportunity_of(context)
    closed = closing.close(context.session, deal, by=subject.actor(context, deal), at=context.now)
    return Done({"opp_status": closed.status}, events=["opportunity.closed"])
