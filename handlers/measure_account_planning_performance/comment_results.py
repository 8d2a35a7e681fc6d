"""Comment results: what the manager says about the figures of the team."""

from __future__ import annotations

from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_account_planning_performance.comment_results")
@completion
def comment_results(context: TaskContext[Any]) -> Outcome:
    """The comment goes to every result of the team."""
    run, form, team = run_of(context), context.form, context.variables["team"]["code"]
    changes = {"comment": form["comment"], "causes": form.get("causes") or []}
    for result in measure_runs.results(context.session, run.id, measure_runs.TEAM):
        if result.scope == team:
            measure_runs.set_result(context.session, result, changes, by=context.actor or run.owner, at=context.now)
    return Done({"comment_given": team})
