"""Identify Stakeholders, Decision-makers and Influencers: who takes part in the purchase, and who decides."""

from __future__ import annotations

from typing import Any

from crm import buying_centre
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD, LEAD = "stakeholders", "lead_decision_maker"


@handler("develop_update_opportunity_plan.identify_stakeholders")
@completion
def identify_stakeholders(context: TaskContext[Any]) -> Outcome:
    """Writes the opportunity's contacts; the lead decision-maker is one of them."""
    given, lead = plans.rows(context, FIELD), context.form[LEAD]
    if doubled := plans.twice(row["contact"] for row in given):
        return Refuse({FIELD: doubled})
    if lead not in {row["contact"] for row in given}:
        text = "Expected the lead decision-maker to be one of the stakeholders, but they do not name this contact."
        return Refuse({LEAD: Sentence(text)})
    work = plans.at_work(context)
    ids = plans.contact_ids(context, (row["contact"] for row in given))
    found = [
        {"contact_id": ids[row["contact"]], **plans.columns(row, "buying_role", "influence", "stance", "mode")}
        for row in given
    ]
    buying_centre.set_stakeholders(context.session, work.deal, found, ids[lead], by=work.by, at=context.now)
    return Done({})
