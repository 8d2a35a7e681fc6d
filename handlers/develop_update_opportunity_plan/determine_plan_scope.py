"""Scope of the plan: keep depth and needed sections as table D19 gave them, and propose who works them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import opportunity_plans
from crm.tables.opportunity_plans import SECTIONS
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import plans
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic

USUAL_TIME = timedelta(days=7)


@handler("develop_update_opportunity_plan.determine_plan_scope")
@automatic
def determine_plan_scope(context: TaskContext[Any]) -> Outcome:
    """All needed sections are due; each is proposed to whom it had before, else to the owner, within a week."""
    work = plans.at_work(context)
    wanted = set(decided(context, "required_sections"))
    required = [section for section in SECTIONS if section in wanted]
    changes = {"depth": decided(context, "plan_depth"), "required_sections": required}
    opportunity_plans.change(context.session, work.plan, changes, by=work.by, at=context.now)
    had = {row["section"]: row for row in context.variables.get("sections") or ()}
    proposed = [had.get(section) or _proposal(work, section) for section in required]
    return Done(
        {
            "plan_depth": changes["depth"],
            "required_sections": required,
            "sections_due": required,
            "sections": proposed,
        }
    )


def _proposal(work: plans.Work, section: str) -> dict[str, Any]:
    return {"section": section, "assignee": work.deal.owner, "expertise": None, "due": work.today + USUAL_TIME}
