"""Approve report: it is published, or its patterns are looked at anew."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_sales_call_performance.approve_report")
@completion
def approve_report(context: TaskContext[Any]) -> Outcome:
    """The owner of the run hears of a refusal; nobody is coached a second time."""
    run, form = run_of(context), context.form
    if form["decision"] == "approve":
        return Done({})
    text = Sentence("The report of %(number)s %(period)s was refused.", number=run.number, period=run.period)
    return Done({"reps_to_coach": []}, notices=[Notice(run.owner, None, text)])
