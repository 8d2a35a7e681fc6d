"""Approve report: it is published, or goes back to the improvements with a comment."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_account_planning_performance.approve_report")
@completion
def approve_report(context: TaskContext[Any]) -> Outcome:
    """The owner of the run hears of a refusal."""
    run, form = run_of(context), context.form
    if form["decision"] == "approve":
        return Done({"manager_comment": None})
    text = Sentence("The report of %(number)s %(period)s was refused.", number=run.number, period=run.period)
    return Done({"manager_comment": form.get("comment")}, notices=[Notice(run.owner, None, text)])
