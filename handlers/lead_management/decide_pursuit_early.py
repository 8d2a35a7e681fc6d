"""Decide pursuit now: the manager's word on a request for proposal at short notice."""

from __future__ import annotations

from typing import Any

from crm import leads
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import completion


@handler("lead_management.decide_pursuit_early")
@completion
def decide_pursuit_early(context: TaskContext[Any]) -> Outcome:
    """Keeps the decision and its rationale on the lead; the owner hears of it."""
    lead = lead_of(context)
    approved = context.form["decision"] == "approve"
    changes = {"pursue_decision": "pursue" if approved else "no", "pursue_rationale": context.form["rationale"]}
    leads.change(context.session, lead, changes, by=context.actor or lead.owner, at=context.now)
    if approved:
        text = "The request for proposal %(number)s %(company)s is to be pursued."
    else:
        text = "The request for proposal %(number)s %(company)s is not to be pursued."
    told = Notice(lead.owner, None, Sentence(text, number=lead.number, company=lead.company))
    return Done({"pursue_decision": changes["pursue_decision"]}, notices=[told])
