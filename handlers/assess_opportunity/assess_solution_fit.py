"""Expert view of fit and delivery risk: one view from each expert who was asked."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

VIEW = ("solution_fit", "delivery_risk", "effort_days", "blockers")


@handler("assess_opportunity.assess_solution_fit")
@completion
def assess_solution_fit(context: TaskContext[Any]) -> Outcome:
    """The views are kept side by side, each with its author."""
    deal = subject.opportunity_of(context)
    view = {name: context.form.get(name) for name in VIEW}
    return Done({"expert_view": {**view, "blockers": list(view["blockers"] or []), "by": subject.actor(context, deal)}})
