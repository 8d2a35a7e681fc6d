"""Load what the sale begins with: the processes that the stage calls read the rest themselves."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import sales
from handlers.shared.outcomes import loading


@handler("stage_qualify_opportunity.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Nothing is next yet."""
    return Done({**sales.beginning(context), "next_key": None, "next_payload": None})
