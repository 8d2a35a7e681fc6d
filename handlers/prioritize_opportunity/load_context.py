"""Load opportunity, account, thresholds: everything that the decisions of 3.3.3.4.3 look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import account_profiles, accounts, flags, users
from crm.accounts import Account
from crm.opportunities import Opportunity
from engine.contract import Done, Outcome, Sentence, TaskContext, Warn, handler
from handlers.shared import deals, subject
from handlers.shared.outcomes import loading

EVEN_CHANCE = 50
WEAKEST_RELATIONSHIP = 1


@handler("prioritize_opportunity.load_context", decisions=("amount_band",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Sets amount band (D01), fast track, experience, credit, relationship and the assessment's findings.

    Without a published account profile it goes on with the weakest relationship and no prior
    business, and asks operations to have the profile made.
    """
    deal = subject.opportunity_of(context)
    customer = accounts.by_id(context.session, deal.account_id)
    relationship, warnings = _relationship(context, customer)
    variables = {
        **subject.naming(deal, customer),
        **deals.sizes(context, deal),
        **_fast_track(context, deal),
        **relationship,
        **deals.assessed(context, deal),
        "credit_standing": customer.credit_standing,
        "win_probability": _chance(deal),
        "expected_close_date": deal.expected_close_date,
        "urgency": deals.urgency(context, deal),
        "rep_experience": users.get(context.session, deal.owner).rep_experience(subject.today(context, deal.owner)),
        "next_step": deal.next_step,
        "next_step_date": deal.next_step_date,
        "notes": deal.notes,
        "resume_date": None,
    }
    return Done(variables, warnings=warnings)


def _fast_track(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    # A hand-over that says so wins over the record: a resumed opportunity is reviewed again.
    wanted = context.variables.get("fast_track", deal.fast_track)
    fast = bool(wanted) and flags.enabled(context.session, "fast_track_enabled")
    decided = context.variables.get("pursue_decision") or deal.pursue_decision
    return {"fast_track": fast, "pursue_decision": decided if fast else None}


def _relationship(context: TaskContext[Any], customer: Account) -> tuple[dict[str, Any], list[Warn]]:
    profile = account_profiles.published(context.session, customer.id)
    if profile is not None:
        strength = profile.relationship_strength or WEAKEST_RELATIONSHIP
        return {"relationship_strength": strength, "prior_customer": customer.prior_customer}, []
    values = {"number": customer.number, "name": customer.name}
    warning = Warn(
        "ops",
        Sentence("Account profile missing: %(name)s", **values),
        Sentence(
            "%(name)s (%(number)s) has no published profile. Prioritizing goes on with the weakest relationship "
            "and no prior business. Have the profile made (3.3.1.1.1 Develop Account Profile).",
            **values,
        ),
    )
    return {"relationship_strength": WEAKEST_RELATIONSHIP, "prior_customer": False}, [warning]


def _chance(deal: Opportunity) -> int | Decimal:
    chance = subject.plain(deal.win_probability)
    return EVEN_CHANCE if chance is None else chance
