"""Assign Opportunity Plan Sections to Sales Team: by expertise, within the team; the first iteration begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import opportunity_plans, plan_contents, sales_teams, users
from crm.kinds.opportunity_plan import SECTIONS
from crm.tables.opportunity_plans import SECTIONS as ORDER
from crm.titles import named
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "sections"


@handler("develop_update_opportunity_plan.assign_plan_sections")
@completion
def assign_plan_sections(context: TaskContext[Any]) -> Outcome:
    """Every needed section has exactly one assignee, who is in the account or sales team or joins it here."""
    work = plans.at_work(context)
    given = plans.rows(context, FIELD)
    joining = list(context.form.get("new_members") or ())
    if objection := _objection(context, work, given, joining):
        return Refuse(objection)
    sales_teams.join(context.session, work.deal, joining, on=work.today, by=work.by, at=context.now)
    found = [plans.columns(row, "section", "assignee", "expertise", "due") for row in given]
    found.sort(key=lambda row: ORDER.index(row["section"]))
    plan_contents.assign_sections(context.session, work.plan, found, by=work.by, at=context.now)
    lead = {"lead_rep": context.form["lead_rep"]}
    plan = opportunity_plans.change(context.session, work.plan, lead, by=work.by, at=context.now)
    begun = plans.iterate(context, plans.Work(work.deal, plan, work.by, work.today), plan.required_sections)
    return Done({**begun, FIELD: found, "new_members": []})


def _objection(
    context: TaskContext[Any], work: plans.Work, given: Sequence[dict[str, Any]], joining: Sequence[str]
) -> dict[str, Sentence]:
    if doubled := plans.twice(row["section"] for row in given):
        return {FIELD: doubled}
    there = {row["section"] for row in given}
    missing = [section for section in work.plan.required_sections if section not in there]
    if missing:
        text = "Expected every needed section to be assigned, but these are not: %(missing)s."
        return {FIELD: Sentence(text, missing=named(SECTIONS, *missing))}
    team = {member.login for member in sales_teams.members(context.session, work.deal, work.today)}
    strangers = [row["assignee"] for row in given if row["assignee"] not in {*team, *joining}]
    if strangers:
        text = "Expected people of the team, but %(people)s are not in it. Take them into the sales team here."
        return {FIELD: Sentence(text, people=users.names(context.session, *dict.fromkeys(strangers)))}
    return {}
