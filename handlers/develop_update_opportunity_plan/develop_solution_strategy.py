"""Develop Solution Strategy & Rationale for Options: exactly one option is recommended."""

from __future__ import annotations

from typing import Any

from crm import plan_contents
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "options"


@handler("develop_update_opportunity_plan.develop_solution_strategy")
@completion
def develop_solution_strategy(context: TaskContext[Any]) -> Outcome:
    """Writes the options with their rationale."""
    given = plans.rows(context, FIELD)
    if doubled := plans.twice(row["name"] for row in given):
        return Refuse({FIELD: doubled})
    recommended = sum(bool(row.get("recommended")) for row in given)
    if recommended != 1:
        text = "Expected exactly one recommended option, but %(count)s are."
        return Refuse({FIELD: Sentence(text, count=recommended)})
    work = plans.at_work(context)
    found = [
        {
            **plans.columns(row, "name", "description", "rationale", "price", "fit"),
            "recommended": bool(row.get("recommended")),
        }
        for row in given
    ]
    plan_contents.set_options(context.session, work.plan, found, by=work.by, at=context.now)
    return Done({})
