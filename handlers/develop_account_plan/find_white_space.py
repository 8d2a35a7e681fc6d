"""Find white space: which unit could use which product, and what it would be worth."""

from __future__ import annotations

from typing import Any

from crm import opportunity_ideas
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import repeated
from handlers.shared.planning import plan_of, planner


@handler("develop_account_plan.find_white_space")
@completion
def find_white_space(context: TaskContext[Any]) -> Outcome:
    """Keeps the ideas; a unit and a product stand together once."""
    rows = context.form["ideas"]
    if errors := repeated("ideas", "product", [(row["unit"], row["product"]) for row in rows]):
        return Refuse(errors)
    plan = plan_of(context)
    opportunity_ideas.set_all(context.session, plan.id, rows, by=planner(context, plan), at=context.now)
    return Done({})
