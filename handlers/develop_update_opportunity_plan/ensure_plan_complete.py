"""Ensure Opportunity Plan is Complete: by section, with whoever owes what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import opportunity_plans, plan_checklist, plan_contents, users
from crm.kinds.opportunity_plan import SECTIONS
from crm.plan_checklist import Item
from crm.titles import named
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD, MISSING = "plan_complete", "missing"
MANAGER_INVITED = ("major", "strategic")


@handler("develop_update_opportunity_plan.ensure_plan_complete")
@completion
def ensure_plan_complete(context: TaskContext[Any]) -> Outcome:
    """A plan that lacks a needed section is not complete; what is missing is noted and told to whoever owes it."""
    work = plans.at_work(context)
    found = plan_checklist.items(context.session, work.plan)
    missing = plans.rows(context, MISSING)
    if objection := _objection(bool(context.form[FIELD]), found, missing):
        return Refuse(objection)
    share = {"completeness_pct": plan_checklist.completeness(found)}
    plan = opportunity_plans.change(context.session, work.plan, share, by=work.by, at=context.now)
    if context.form[FIELD]:
        return Done({"sections_due": []}, notices=_invitation(context, work))
    gaps = [{**plans.columns(row, "section", "owner", "due", question="what"), "status": "open"} for row in missing]
    plan_contents.add_gaps(context.session, plan, gaps, by=work.by, at=context.now)
    again = plans.Work(work.deal, plan, work.by, work.today)
    begun = plans.iterate(context, again, {row["section"] for row in missing})
    return Done(begun, notices=[_owed(work, row) for row in missing])


def _objection(complete: bool, found: Sequence[Item], missing: Sequence[dict[str, Any]]) -> dict[str, Sentence]:
    lacking = [item.section for item in found if not item.complete]
    if complete and lacking:
        text = "Expected every needed section to be filled, but these are not: %(sections)s."
        return {FIELD: Sentence(text, sections=named(SECTIONS, *lacking))}
    if complete and missing:
        return {FIELD: Sentence("Expected a complete plan to miss nothing, but something is listed as missing.")}
    if not complete and not missing:
        return {MISSING: Sentence("Expected what is missing, by section, but nothing is listed.")}
    return {}


def _owed(work: plans.Work, row: dict[str, Any]) -> Notice:
    text = Sentence(
        "The plan of %(number)s %(name)s still needs from you by %(due)s: %(what)s",
        number=work.deal.number,
        name=work.deal.name,
        due=row["due"],
        what=row["what"],
    )
    return Notice(row["owner"], None, text)


def _invitation(context: TaskContext[Any], work: plans.Work) -> list[Notice]:
    manager = users.get(context.session, work.deal.owner).manager
    if manager is None or context.variables.get("amount_band") not in MANAGER_INVITED:
        return []
    values = {"number": work.deal.number, "name": work.deal.name}
    return [Notice(manager, None, Sentence("You are invited to review the plan of %(number)s %(name)s.", **values))]
