"""Load account and profile: the tier of the account, and whether its published profile still holds."""

from __future__ import annotations

from typing import Any

from crm import account_profiles, account_scoring, thresholds
from crm.accounts import Account
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.customers import customer_of, naming
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import loading
from handlers.shared.planning import TIERS


@handler("develop_account_plan.load_context", decisions=("account_tier",))
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """An account that was never tiered gets the tier that table D03 gives it now."""
    customer = customer_of(context)
    today = subject.today(context, customer.owner)
    valid = account_profiles.valid(context.session, customer.id, today)
    variables = {
        "tier": _tier(context, customer),
        "profile_valid": valid is not None,
        "contributors": [],
        "readiness": None,
        "review_result": None,
        "plan_status": "none",
    }
    return Done({**naming(customer), **variables})


def _tier(context: TaskContext[Any], customer: Account) -> str:
    if customer.tier in TIERS:
        return str(customer.tier)
    scored = account_scoring.scored(
        context.session,
        customer,
        account_scoring.USUAL_WEIGHTS,
        today=subject.today(context, customer.owner),
        large=thresholds.in_force(context.session, context.now).limits["limit_strategic"],
    )
    inputs = {"attractiveness": scored.attractiveness, "position": scored.position}
    return str(output(ask(context, "account_tier", inputs), "tier"))
