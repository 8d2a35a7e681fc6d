"""Define Critical Success Factors."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.define_success_factors")
@completion
def define_success_factors(context: TaskContext[Any]) -> Outcome:
    """Keeps what must go right to win, how it is measured, and who answers for it."""
    work = plans.at_work(context)
    factors = {"csf": stored(plans.rows(context, "csf"))}
    opportunity_plans.change(context.session, work.plan, factors, by=work.by, at=context.now)
    return Done({})
