"""Answer pre-qualification questions: budget, authority, need, timing, and how well it fits."""

from __future__ import annotations

from typing import Any

from crm import prequalification
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion


@handler("pre_qualify_opportunity.answer_prequalification")
@completion
def answer_prequalification(context: TaskContext[Any]) -> Outcome:
    """Counts the four questions that are answered with yes."""
    return Done({"bant_count": prequalification.bant_count(context.form)})
