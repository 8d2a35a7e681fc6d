"""2 Simple or complex: keep what table D25 says."""

from __future__ import annotations

from typing import Any

from crm import opportunities
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import output
from handlers.shared.outcomes import automatic


@handler("opportunity_lifecycle_u8.classify_sale")
@automatic
def classify_sale(context: TaskContext[Any]) -> Outcome:
    """Writes the complexity; the rep may say otherwise on the next form."""
    deal = subject.opportunity_of(context)
    if context.result is None:
        number = deal.number
        return Fail(Sentence("Expected a decision on %(number)s, but no row fits.", number=number), retry=False)
    kind = output(context.result, "sale_kind")
    by = subject.actor(context, deal)
    opportunities.change(context.session, deal, {"complexity": kind}, by=by, at=context.now)
    return Done({"sale_kind": kind, "complexity": kind})
