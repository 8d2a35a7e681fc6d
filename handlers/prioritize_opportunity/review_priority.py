"""Review Opportunity Priority: what the manager decided, and every special approval with it."""

from __future__ import annotations

from typing import Any

from crm import opportunities
from crm.kinds.words import SPECIAL_APPROVALS
from crm.opportunities import Opportunity
from crm.titles import named
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

ROWS = "special_decisions"


@handler("prioritize_opportunity.review_priority")
@completion
def review_priority(context: TaskContext[Any]) -> Outcome:
    """Confirms the priority, or sends it back; approving is refused while a special approval is not given."""
    approved = context.form["decision"] == "approve"
    if approved and (errors := _not_given(context)):
        return Refuse(errors)
    deal = subject.opportunity_of(context)
    if approved:
        by = subject.actor(context, deal)
        confirmed = {"priority_confirmed_by": by}
        opportunities.change(context.session, deal, confirmed, by=by, at=context.now)
        return Done({"priority_confirmed_by": by}, notices=[_told(deal, approved)])
    variables = {
        "return_to": context.form.get("return_to") or context.variables.get("return_to_default", "priority"),
        "manager_comment": context.form.get("comment"),
    }
    return Done(variables, notices=[_told(deal, approved)])


def _not_given(context: TaskContext[Any]) -> dict[str, Sentence]:
    wanted = list(context.variables.get("special_approvals") or [])
    rows = list(context.form.get(ROWS) or [])
    errors = {}
    for index, row in enumerate(rows):
        if sentence := _objection(row):
            errors[f"{ROWS}.{index}.{'condition' if row['decision'] == 'conditional' else 'decision'}"] = sentence
    missing = [kind for kind in wanted if kind not in {row.get("type") for row in rows}]
    if missing:
        text = "Expected a decision on every special approval before approving, but these lack one: %(missing)s."
        errors[ROWS] = Sentence(text, missing=named(SPECIAL_APPROVALS, *missing))
    return errors


def _objection(row: dict[str, Any]) -> Sentence | None:
    if row.get("decision") == "reject":
        text = "Expected every special approval to be given before approving, but %(type)s is rejected."
        return Sentence(text, type=named(SPECIAL_APPROVALS, row.get("type")))
    if row.get("decision") == "conditional" and not str(row.get("condition") or "").strip():
        kind = named(SPECIAL_APPROVALS, row.get("type"))
        return Sentence("Expected the condition under which %(type)s is approved.", type=kind)
    return None


def _told(deal: Opportunity, approved: bool) -> Notice:
    if approved:
        text = "The priority of %(number)s %(name)s was confirmed."
    else:
        text = "The priority of %(number)s %(name)s was sent back."
    return Notice(deal.owner, None, Sentence(text, number=deal.number, name=deal.name))
