"""Plan depth: what table D04 gave, and the period that it suggests."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_periods
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.customers import customer_of
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic

NONE = "none"


@handler("develop_account_plan.set_plan_depth")
@automatic
def set_plan_depth(context: TaskContext[Any]) -> Outcome:
    """The period begins where the plan in use ends, and lasts as long as the horizon."""
    depth = decided(context, "plan_depth")
    if depth == NONE:
        return Done({"plan_depth": NONE})
    customer = customer_of(context)
    drafted = account_plans.current(context.session, customer.id)
    if drafted is not None and drafted.status == "draft" and drafted.period_start is not None:
        first, last = drafted.period_start, drafted.period_end
    else:
        used = account_plans.in_use(context.session, customer.id)
        first = plan_periods.following(used.period_end if used else None, subject.today(context, customer.owner))
        last = plan_periods.last_day(first, int(decided(context, "horizon_months")))
    return Done({"period_start": first, "period_end": last})
