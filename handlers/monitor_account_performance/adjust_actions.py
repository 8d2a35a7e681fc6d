"""Adjust actions: a small variance is answered without a new approval."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import repeated, write_actions
from handlers.shared.planning import plan_of

ROWS = "actions"


@handler("monitor_account_performance.adjust_actions")
@completion
def adjust_actions(context: TaskContext[Any]) -> Outcome:
    """The rows are the plan's unfinished actions from now on; each of them stands once."""
    rows = context.form[ROWS]
    if errors := repeated(ROWS, "action", [row["action"] for row in rows]):
        return Refuse(errors)
    write_actions(context, plan_of(context), rows)
    return Done({})
