"""Plan improvements: actions with an owner and a day, and whether a process should change."""

from __future__ import annotations

from typing import Any

from crm import improvements
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_account_planning_performance.plan_improvements")
@completion
def plan_improvements(context: TaskContext[Any]) -> Outcome:
    """After a refusal the actions are planned anew."""
    run, form = run_of(context), context.form
    by, at = context.actor or run.owner, context.now
    improvements.forget_planned(context.session, run.id)
    for row in form["improvements"]:
        improvements.plan(
            context.session,
            run.id,
            row["action"],
            row["owner"],
            row["due"],
            measure=row.get("measure"),
            by=by,
            at=at,
        )
    return Done({"process_change": bool(form.get("process_change")), "manager_comment": None})
