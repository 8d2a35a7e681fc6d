"""Enter opportunity order: from the accepted quote where there is one."""

from __future__ import annotations

from typing import Any

from engine.contract import Outcome, TaskContext, handler
from handlers.shared import order_entry
from handlers.shared.outcomes import completion


@handler("close_opportunity.enter_order")
@completion
def enter_order(context: TaskContext[Any]) -> Outcome:
    """Adds the order with its lines; refused while the sales module is off."""
    return order_entry.enter(context, "order_lines")
