"""Suggest priority: six ratings to begin with, their weighted score, and what table D15 makes of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import accounts, scoring, thresholds
from crm.opportunities import Opportunity
from crm.tables.opportunities import RATINGS
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import automatic


@handler("prioritize_opportunity.suggest_priority", decisions=("opportunity_priority",))
@automatic
def suggest_priority(context: TaskContext[Any]) -> Outcome:
    """Sets r_revenue ... r_relationship, rating_weights, priority_score, suggested_priority and credit_flag.

    The weights let the form work the score out while the ratings are changed.
    """
    deal = subject.opportunity_of(context)
    ratings = _ratings(context, deal)
    weights = thresholds.in_force(context.session, context.now).weights
    score = scoring.priority_score(ratings, weights)
    inputs = {"priority_score": score, "credit_standing": context.variables["credit_standing"]}
    answer = ask(context, "opportunity_priority", inputs)
    return Done(
        {
            **ratings,
            "rating_weights": dict(weights),
            "priority_score": score,
            "suggested_priority": output(answer, "suggested_priority"),
            "credit_flag": output(answer, "credit_flag"),
            "priority": deal.priority,
        }
    )


def _ratings(context: TaskContext[Any], deal: Opportunity) -> dict[str, int]:
    customer = accounts.by_id(context.session, deal.account_id)
    variables = context.variables
    suggested = scoring.suggested_ratings(
        amount_band=variables["amount_band"],
        credit_standing=variables["credit_standing"],
        win_probability=Decimal(variables["win_probability"]),
        is_target=customer.is_target,
        tier=customer.tier,
        prior_customer=variables["prior_customer"],
        relationship_strength=int(variables["relationship_strength"]),
    )
    kept = {name: getattr(deal, name) for name in RATINGS}
    return {name: suggested[name] if kept[name] is None else kept[name] for name in RATINGS}
