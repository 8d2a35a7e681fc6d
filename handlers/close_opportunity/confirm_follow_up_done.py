"""Confirm follow-up work done: everything, or what remains for another week."""

from __future__ import annotations

from typing import Any

from engine.contract import Outcome, TaskContext, handler
from handlers.shared import follow_up_work
from handlers.shared.outcomes import completion


@handler("close_opportunity.confirm_follow_up_done")
@completion
def confirm_follow_up_done(context: TaskContext[Any]) -> Outcome:
    """Finishes the open tasks of the opportunity once all is done; what remains is planned as tasks."""
    return follow_up_work.confirm(context)
