"""Set call objectives: the commitment to win, the least acceptable outcome, what to learn."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion

FIELDS = ("primary_objective", "minimum_outcome", "success_signal", "learn_goals")


@handler("plan_for_sales_call.set_objectives")
@completion
def set_objectives(context: TaskContext[Any]) -> Outcome:
    """The least acceptable outcome is another, smaller thing than the commitment."""
    form = context.form
    if form["primary_objective"].casefold() == form["minimum_outcome"].casefold():
        return Refuse({"minimum_outcome": Sentence("Expected a smaller outcome than the commitment itself.")})
    calls.keep(context, FIELDS)
    return Done({"ready": None})
