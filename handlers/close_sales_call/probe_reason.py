"""Ask for the reason: why the customer gave nothing."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("reason", "reason_text")


@handler("close_sales_call.probe_reason")
@completion
def probe_reason(context: TaskContext[Any]) -> Outcome:
    """Counted in the report on calls."""
    calls.keep(context, FIELDS)
    return Done({})
