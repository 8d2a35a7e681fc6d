"""Coaching talk: strengths, focus and goals of one rep; only the rep and the management line read them."""

from __future__ import annotations

from typing import Any

from crm import coaching
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_sales_call_performance.coach_reps")
@completion
def coach_reps(context: TaskContext[Any]) -> Outcome:
    """One note with the focus, and one for each goal with its day."""
    run, form, rep = run_of(context), context.form, context.variables["rep"]["login"]
    by, at = context.actor or run.owner, context.now
    text = f"{form['strengths']}\n\n{form['focus']}"
    coaching.add(context.session, rep, text, kind="measure", by=by, at=at)
    for goal in form["goals"]:
        aim = f"{goal['measure']}: {goal['target']}"
        coaching.add(context.session, rep, aim, kind="measure", by=by, at=at, due=goal["date"])
    notice = Sentence("There are notes of a coaching talk about %(period)s for you.", period=run.period)
    return Done({}, notices=[Notice(rep, None, notice)])
