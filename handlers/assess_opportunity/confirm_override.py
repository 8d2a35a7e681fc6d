"""Confirm override: the manager accepts another word on a big deal, or sends it back."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("assess_opportunity.confirm_override")
@completion
def confirm_override(context: TaskContext[Any]) -> Outcome:
    """The owner hears of either answer."""
    deal = subject.opportunity_of(context)
    if context.form["decision"] == "approve":
        text = "Your assessment of %(number)s %(name)s was accepted."
    else:
        text = "Your assessment of %(number)s %(name)s was sent back."
    return Done({}, notices=[Notice(deal.owner, None, Sentence(text, number=deal.number, name=deal.name))])
