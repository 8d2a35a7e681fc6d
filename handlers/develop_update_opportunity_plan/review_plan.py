"""Review Opportunity Plan: accepted by the team, or some sections are worked again."""

from __future__ import annotations

from typing import Any

from crm import opportunity_plans
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import deals, plans
from handlers.shared.outcomes import completion


@handler("develop_update_opportunity_plan.review_plan")
@completion
def review_plan(context: TaskContext[Any]) -> Outcome:
    """Makes the plan agreed; or begins another iteration over the sections named."""
    work, notes = plans.at_work(context), context.form.get("review_notes")
    if context.form["review_outcome"] == "accept":
        opportunity_plans.agree(context.session, work.plan, notes=notes, by=work.by, at=context.now)
        deals.follow_stage(context, work.deal)
        return Done({"sections_due": []})
    sections = context.form.get("rework_sections")
    if not sections:
        text = "Expected the sections to rework, but none is chosen."
        return Refuse({"rework_sections": Sentence(text)})
    changes = {"review_notes": notes}
    plan = opportunity_plans.change(context.session, work.plan, changes, by=work.by, at=context.now)
    return Done(plans.iterate(context, plans.Work(work.deal, plan, work.by, work.today), sections))
