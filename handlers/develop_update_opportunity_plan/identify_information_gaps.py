"""Identify Gaps in Information: what is not known yet, and who finds out by when."""

from __future__ import annotations

from typing import Any

from crm import plan_contents
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "gaps"


@handler("develop_update_opportunity_plan.identify_information_gaps")
@completion
def identify_information_gaps(context: TaskContext[Any]) -> Outcome:
    """Makes the rows the plan's open and closed questions; a new one is open."""
    given = plans.rows(context, FIELD)
    if objection := plans.twice(row["question"] for row in given):
        return Refuse({FIELD: objection})
    work = plans.at_work(context)
    found = [
        {**plans.columns(row, "question", "section", "owner", "due"), "status": row.get("status") or "open"}
        for row in given
    ]
    plan_contents.set_gaps(context.session, work.plan, found, by=work.by, at=context.now)
    return Done({FIELD: found})
