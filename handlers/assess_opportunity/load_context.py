"""Load opportunity, account and limits: what an assessment begins with, and who is asked."""

from __future__ import annotations

from typing import Any

from crm import accounts, assessment, competition
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import loading

ANYBODY = ""
UNANSWERED: dict[str, Any] = {
    **dict.fromkeys(assessment.CRITERIA),
    **{f"{name}_evidence": None for name in assessment.CRITERIA},
    "max_discount_pct": None,
    "non_standard_terms": None,
    "expert_views": [],
    "final_recommendation": None,
    "override_reason": None,
    "conditions": [],
    "decision": None,
    "comment": None,
}


@handler("assess_opportunity.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Sets the experts to ask (nobody in particular: the whole group), and whether the credit check is fresh."""
    deal = subject.opportunity_of(context)
    customer = accounts.by_id(context.session, deal.account_id)
    today = subject.today(context, deal.owner)
    variables = {
        **UNANSWERED,
        **subject.naming(deal, customer),
        **deals.sizes(context, deal),
        "urgency": deals.urgency(context, deal),
        "credit_standing": customer.credit_standing,
        "credit_limit": customer.credit_limit,
        "valid_until": customer.credit_valid_until,
        "credit_is_fresh": assessment.credit_is_fresh(customer, today),
        "experts": assessment.experts(context.session, deal, today) or [ANYBODY],
        "competitors": competition.rows(context.session, deal),
    }
    return Done(variables)
