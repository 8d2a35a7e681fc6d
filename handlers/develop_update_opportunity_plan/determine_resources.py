"""Determine Internal Resource Needs: what sales operations are asked for."""

from __future__ import annotations

from typing import Any

from crm import plan_answers, plan_contents
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "resource_needs"


@handler("develop_update_opportunity_plan.determine_resources")
@completion
def determine_resources(context: TaskContext[Any]) -> Outcome:
    """Writes the needs; those that operations have not met yet are asked for next."""
    given = plans.rows(context, FIELD)
    backwards = {
        f"{FIELD}.{index}.to": Sentence("Expected an end on or after the start, but it is before.")
        for index, row in enumerate(given)
        if row.get("from") and row.get("to") and row["to"] < row["from"]
    }
    if backwards:
        return Refuse(backwards)
    work = plans.at_work(context)
    found = [plans.columns(row, "role", "days", "purpose", start_on="from", end_on="to") for row in given]
    plan_contents.set_resources(context.session, work.plan, found, by=work.by, at=context.now)
    return Done(plan_answers.resource_answers(context.session, work.plan))
