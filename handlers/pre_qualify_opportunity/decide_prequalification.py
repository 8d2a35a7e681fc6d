"""Pre-qualification rule: keep the answers and what table D13 makes of them."""

from __future__ import annotations

from typing import Any

from crm import evaluations, prequalification
from engine.contract import Done, Fail, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import output
from handlers.shared.outcomes import automatic

ANSWERS = (*prequalification.QUESTIONS, "fit", "evidence", "bant_count", "lead_pursue")


@handler("pre_qualify_opportunity.decide_prequalification")
@automatic
def decide_prequalification(context: TaskContext[Any]) -> Outcome:
    """Appends the evaluation; a rejection gets the reason that fits best."""
    deal = subject.opportunity_of(context)
    if context.result is None:
        number = deal.number
        return Fail(Sentence("Expected a decision on %(number)s, but no row fits.", number=number), retry=False)
    result = output(context.result, "prequal_result")
    answers = {name: context.variables.get(name) for name in ANSWERS}
    answers["bant_count"] = int(answers["bant_count"] or 0)
    by = subject.actor(context, deal)
    evaluations.add(context.session, deal.id, "prequal", by=by, at=context.now, answers=answers, recommendation=result)
    reason = prequalification.reason_to_reject(answers) if result == "reject" else None
    return Done({"prequal_result": result, "reason": reason})
