"""Identify Opportunity Priority: keep the ratings, their score and the priority that was set."""

from __future__ import annotations

from typing import Any

from crm import opportunities, scoring, thresholds
from crm.kinds.words import PRIORITIES
from crm.tables.opportunities import RATINGS
from crm.titles import named
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import completion

PURSUIT_FROM_ROUND = 3


@handler("prioritize_opportunity.identify_priority")
@completion
def identify_priority(context: TaskContext[Any]) -> Outcome:
    """Writes priority, score and ratings; a priority other than the suggested one needs a reason.

    Counts the rounds: from the third on, a refusal suggests to go back to the pursuit question.
    """
    form, variables = context.form, context.variables
    override = _override_reason(context)
    if isinstance(override, Refuse):
        return override
    deal = subject.opportunity_of(context)
    ratings = {name: int(form[name]) for name in RATINGS}
    weights = thresholds.in_force(context.session, context.now).weights
    score = scoring.priority_score(ratings, weights)
    changes = {**ratings, "priority": form["priority"], "priority_score": score}
    opportunities.change(context.session, deal, changes, by=subject.actor(context, deal), at=context.now)
    rounds = int(variables.get("priority_round") or 0) + 1
    return Done(
        {
            **changes,
            **deals.assessed(context, deal),  # it may have been assessed meanwhile
            "override_reason": override,
            "priority_round": rounds,
            "return_to_default": "pursuit" if rounds >= PURSUIT_FROM_ROUND else "priority",
            "decision": None,
            "return_to": None,
            "special_decisions": None,
        }
    )


def _override_reason(context: TaskContext[Any]) -> str | Refuse | None:
    suggested = context.variables.get("suggested_priority")
    if context.form["priority"] == suggested:
        return None
    reason = str(context.form.get("override_reason") or "").strip()
    if reason:
        return reason
    text = "Expected a reason for a priority other than the suggested %(suggested)s, but the field is empty."
    return Refuse({"override_reason": Sentence(text, suggested=named(PRIORITIES, suggested))})
