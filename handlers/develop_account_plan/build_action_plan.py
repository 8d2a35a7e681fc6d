"""Build action plan: who does what by when."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import repeated, write_actions
from handlers.shared.planning import invite, plan_of

ROWS = "actions"


@handler("develop_account_plan.build_action_plan")
@completion
def build_action_plan(context: TaskContext[Any]) -> Outcome:
    """The rows are the plan's actions from now on; each of them stands once. Their owners join the account team."""
    rows = context.form[ROWS]
    if errors := repeated(ROWS, "action", [row["action"] for row in rows]):
        return Refuse(errors)
    plan = plan_of(context)
    write_actions(context, plan, rows)
    invite(context, plan, [row["owner"] for row in rows])
    return Done({})
