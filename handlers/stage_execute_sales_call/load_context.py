"""Load call: the one to be held."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import loading


@handler("stage_execute_sales_call.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """The flows that it calls read the rest themselves."""
    return Done(calls.naming(context, calls.call_of(context)))
