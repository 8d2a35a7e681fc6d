"""Define Business Value of Solution: a version of the business case for each iteration."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans, plan_contents
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.define_business_value")
@completion
def define_business_value(context: TaskContext[Any]) -> Outcome:
    """Keeps benefits, cost and payback; the yearly value is their sum."""
    work = plans.at_work(context)
    values = {
        **plans.columns(context.form, "cost", "payback_months"),
        "customer_agreed": bool(context.form.get("customer_agreed")),
    }
    benefits = plans.rows(context, "business_case")
    plan_contents.record_case(context.session, work.plan, benefits, values, by=work.by, at=context.now)
    opportunity_plans.change(context.session, work.plan, {}, by=work.by, at=context.now)
    return Done({})
