"""Identify Potential Business Partners."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.identify_partners")
@completion
def identify_partners(context: TaskContext[Any]) -> Outcome:
    """Keeps who could help to win and deliver; to need nobody is an answer too."""
    work = plans.at_work(context)
    partners = {"partners": stored(plans.rows(context, "partners"))}
    opportunity_plans.change(context.session, work.plan, partners, by=work.by, at=context.now)
    return Done({})
