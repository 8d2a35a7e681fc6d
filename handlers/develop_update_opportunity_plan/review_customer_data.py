"""Review Customer, Customer Segment Data & Industry Trends: what the customer needs, and where that is known from."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, plans
from handlers.shared.outcomes import completion

FIELDS = ("potential_needs", "challenges", "industry_trends", "sources")


@handler("develop_update_opportunity_plan.review_customer_data")
@completion
def review_customer_data(context: TaskContext[Any]) -> Outcome:
    """Keeps the view of the customer; an agreed plan that is looked at anew becomes a draft of the next version."""
    work = plans.at_work(context)
    draft = opportunity_plans.as_draft(context.session, work.plan, by=work.by, at=context.now)
    view = {name: stored(context.form.get(name)) for name in FIELDS}
    opportunity_plans.change(context.session, draft, {"customer_view": view}, by=work.by, at=context.now)
    deals.follow_stage(context, work.deal)
    return Done({"plan_version": draft.version, "environment_changed": False})
