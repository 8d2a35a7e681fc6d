"""Confirm resources and budget: what operations can give, and whether the sponsor stands behind the plan."""

from __future__ import annotations

from typing import Any

from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, write


@handler("develop_account_plan.confirm_resources")
@completion
def confirm_resources(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan."""
    form = context.form
    confirmed = bool(form.get("sponsor_confirmed"))
    resources = stored(form.get("resources") or [])
    write(context, plan_of(context), resources=resources, budget=form["budget"], sponsor_confirmed=confirmed)
    return Done({})
