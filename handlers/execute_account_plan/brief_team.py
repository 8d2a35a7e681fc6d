"""Brief account team: when, with whom, and what was agreed."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, write


@handler("execute_account_plan.brief_team")
@completion
def brief_team(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan."""
    form = context.form
    attendees = list(form.get("attendees") or [])
    write(
        context,
        plan_of(context),
        kick_off_date=form["kick_off_date"],
        attendees=attendees,
        agreements=form.get("agreements"),
    )
    return Done({})
