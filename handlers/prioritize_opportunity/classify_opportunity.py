"""Classify Opportunity: keep the segment that table D16 gave."""

from __future__ import annotations

from typing import Any

from crm import opportunities
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import output
from handlers.shared.outcomes import automatic


@handler("prioritize_opportunity.classify_opportunity")
@automatic
def classify_opportunity(context: TaskContext[Any]) -> Outcome:
    """Writes the segment (LOYALIST, EASY_WIN, ...) to the opportunity."""
    deal = subject.opportunity_of(context)
    if context.result is None:
        number = deal.number
        return Fail(Sentence("Expected a segment for %(number)s, but no row fits.", number=number), retry=False)
    changes = {"segment": output(context.result, "segment")}
    by = subject.actor(context, deal)
    opportunities.change(context.session, deal, changes, by=by, at=context.now)
    return Done(changes)
