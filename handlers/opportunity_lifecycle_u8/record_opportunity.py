"""1 Record opportunity: active from the start, in the first stage of its sales mode."""

from __future__ import annotations

from typing import Any

from crm import accounts, leads, opportunities, opportunity_details, pipeline, sales_teams
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared import customers, deals, lifecycle, registering, subject
from handlers.shared.outcomes import completion

MOST = 10
TENDER = "tender"


@handler("opportunity_lifecycle_u8.record_opportunity", decisions=("amount_band",))
@completion
def record_opportunity(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about this opportunity; sets what table D25 looks at."""
    person = registering.contact_of(context)
    if errors := registering.misfits(context, person):
        return Refuse(errors)
    form, by = context.form, subject.doer(context)
    fields = {
        "name": form["name"],
        "account_id": accounts.get(context.session, customers.number_of(form["account"])).id,
        "primary_contact_id": person.id if person else None,
        "source": form["source"],
        "sales_mode": form["sales_mode"],
        "amount": form["est_amount"],
        "expected_close_date": form["est_close_date"],
        "need": context.variables.get("summary"),
    }
    deal = pipeline.add(context.session, _recorded(context, fields, by), by=by, at=context.now)
    if person is not None:
        row = {"contact_id": person.id, "buying_role": person.buying_role, "is_lead_decision_maker": False}
        opportunity_details.keep_contacts(context.session, deal, [row], by=by, at=context.now)
    variables = {
        **lifecycle.known(context, deal),
        "amount_band": deals.sizes(context, deal)["amount_band"],
        "decision_makers": _counted(opportunity_details.decision_makers(context.session, deal)),
        "product_lines": _counted(opportunity_details.product_lines(context.session, deal)),
        "is_tender": deal.sales_mode == TENDER,
        "owner_change_needed": bool(form.get("owner_change_needed")),
    }
    return Done(variables, events=["pipeline.changed"], business_key=deal.business_key)


def _recorded(context: TaskContext[Any], fields: dict[str, Any], by: str) -> Opportunity:
    owner = context.form["owner"]
    kind, number = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY:
        there = opportunities.change(
            context.session, opportunities.get(context.session, number), fields, by=by, at=context.now
        )
        if there.owner == owner:
            return there
        return sales_teams.seat(context.session, there, [sales_teams.sole_owner(owner)], by=by, at=context.now)
    name, account_id = fields.pop("name"), fields.pop("account_id")
    made = opportunities.create(context.session, name, account_id, owner, by=by, at=context.now, **fields)
    if kind == subject.LEAD:
        lead = leads.get(context.session, number)
        leads.change(context.session, lead, {"opportunity_id": made.id}, by=by, at=context.now)
    return made


def _counted(count: int) -> int:
    return max(1, min(count, MOST))
