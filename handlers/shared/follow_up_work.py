"""The work that follows a win: all of it done, or what remains for another week."""

from __future__ import annotations

from typing import Any

from crm import activities
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext
from handlers.shared import plans, subject

FIELD = "remaining"


def confirm(context: TaskContext[Any]) -> Outcome:
    """Finishes the open tasks of the opportunity once all is done; what remains is planned as tasks."""
    rows, done = plans.rows(context, FIELD), bool(context.form["all_done"])
    if done and rows:
        text = "Expected nothing to remain when everything is done, but something is listed."
        return Refuse({FIELD: Sentence(text)})
    deal = subject.opportunity_of(context)
    by, there = subject.actor(context, deal), activities.open_tasks(context.session, deal.id)
    for task in there if done else ():
        activities.finish(context.session, task, by=by, at=context.now)
    known = {task["subject"] for task in there}
    for row in rows:
        if row["todo"] not in known:
            activities.plan(context.session, deal.id, row["todo"], row["owner"], row["due"], by=by, at=context.now)
    return Done({FIELD: []})
