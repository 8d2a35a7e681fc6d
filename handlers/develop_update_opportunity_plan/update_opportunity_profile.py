"""Update Opportunity Profile: need, amount, close date and next step as the plan has them."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans, pipeline
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELDS = ("expected_close_date", "amount", "next_step")


@handler("develop_update_opportunity_plan.update_opportunity_profile")
@completion
def update_opportunity_profile(context: TaskContext[Any]) -> Outcome:
    """Writes the opportunity with its figures in forecast and pipeline; the decision process stays with the plan."""
    work, form = plans.at_work(context), context.form
    changes = {**plans.columns(form, *FIELDS), "need": form.get("need_summary")}
    changed = pipeline.update_profile(context.session, work.deal, changes, by=work.by, at=context.now)
    process = plans.columns(form, "decision_process")
    opportunity_plans.change(context.session, work.plan, process, by=work.by, at=context.now)
    return Done({"amount_base": changed.amount_base}, events=["pipeline.changed"])
