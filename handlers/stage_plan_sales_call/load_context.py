"""Load customer or call: what the stage starts from."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading


@handler("stage_plan_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """The flows that it calls read the rest themselves."""
    return Done(calls.beginning(context))
