"""Health rule: keep the health that table D07 gave."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, write


@handler("execute_account_plan.rate_health")
@automatic
def rate_health(context: TaskContext[Any]) -> Outcome:
    """What the owner sees counts beside the figures: a plan that the owner calls red is red."""
    health = decided(context, "plan_health")
    if context.variables.get("rag") == "red":
        health = "red"
    write(context, plan_of(context), plan_health=health)
    return Done({"plan_health": health})
