"""Release the plans: of one account to the caller; of many, each to its own execution."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, Start, TaskContext, handler
from handlers.shared.outcomes import automatic

EXECUTE = "execute-account-plan"
ACTIVE, NONE, RELEASED = "active", "none", "released"


@handler("stage_define_account_plan.release_plans")
@automatic
def release_plans(context: TaskContext[Any]) -> Outcome:
    """Sets plan_status: of the one plan; of many, whether any was released to be worked by itself."""
    plans = context.variables.get("plans") or []
    active = [plan for plan in plans if plan["status"] == ACTIVE]
    if context.variables["single_account"]:
        (plan,) = plans
        return Done({"plan_status": plan["status"] or NONE, "plan_number": plan["number"]})
    starts = [Start(EXECUTE, f"account_plan:{plan['number']}", {"plan_number": plan["number"]}) for plan in active]
    return Done({"plan_status": RELEASED if active else NONE, "plan_number": None}, starts=starts)
