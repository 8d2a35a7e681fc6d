"""Match duplicates and score: is the company or the contact known, was it said before, and how good is it?"""

from __future__ import annotations

from typing import Any

from crm import account_matching, lead_scoring, leads
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.leads import lead_of
from handlers.shared.outcomes import automatic

LONGEST_WAIT = 90


@handler("lead_management.match_and_score_lead")
@automatic
def match_and_score_lead(context: TaskContext[Any]) -> Outcome:
    """Sets account, contact, duplicate_of, lead_score (0 to 100) and rfp_days_left (0 to 90)."""
    lead = lead_of(context)
    session, by = context.session, context.actor or lead.owner
    customer = account_matching.same_name(session, lead.company)
    person = account_matching.same_contact(session, customer.id, lead.phone_or_email) if customer else None
    earlier = leads.said_before(session, lead)
    changes = {
        "account_id": customer.id if customer else None,
        "contact_id": person.id if person else None,
        "duplicate_of": earlier.number if earlier else None,
    }
    lead = leads.change(session, lead, changes, by=by, at=context.now)
    score = lead_scoring.score(
        lead,
        known_account=customer is not None,
        prior_customer=customer is not None and customer.prior_customer,
        known_contact=person is not None,
    )
    leads.change(session, lead, {"score": score}, by=by, at=context.now)
    variables = {
        "account_number": customer.number if customer else None,
        "account_name": customer.name if customer else lead.company,
        "duplicate_of": lead.duplicate_of,
        "lead_score": score,
        "rfp_days_left": _days_left(context, lead),
    }
    return Done(variables)


def _days_left(context: TaskContext[Any], lead: leads.Lead) -> int:
    if not lead.rfp or lead.rfp_due_date is None:
        return LONGEST_WAIT
    left = (lead.rfp_due_date - subject.today(context, lead.owner)).days
    return max(0, min(left, LONGEST_WAIT))
