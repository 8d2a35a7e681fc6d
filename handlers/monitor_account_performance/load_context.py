"""Load account plan: the plan in force, and whether its period is over."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading
from handlers.shared.plan_forms import begun
from handlers.shared.planning import account_of, plan_in_force, plan_naming

EVENTS = ("none", "material", "critical")


@handler("monitor_account_performance.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """What happened at the account comes from whoever started the check; else nothing did."""
    plan = plan_in_force(context)
    happened = context.variables.get("trigger_event")
    today = subject.today(context, plan.owner)
    variables = {
        "trigger_event": happened if happened in EVENTS else "none",
        "period_ended": plan.period_end is not None and today >= plan.period_end,
        "vision": plan.vision,
        "review_result": None,
        "comment": None,
    }
    return Done({**plan_naming(plan, account_of(context, plan)), **begun(context, plan), **variables})
