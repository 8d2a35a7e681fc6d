"""Ask for commitment: what was asked for, and what the customer gave."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("asked", "commitment")


@handler("close_sales_call.ask_commitment")
@completion
def ask_commitment(context: TaskContext[Any]) -> Outcome:
    """Table D12 needs the answer later on."""
    calls.keep(context, FIELDS)
    return Done({})
