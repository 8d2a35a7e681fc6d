"""Check completeness: which expected parts are missing, and how complete the profile is."""

from __future__ import annotations

from typing import Any

from crm import account_profiles, relationships
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.customers import customer_of, doer
from handlers.shared.outcomes import automatic
from handlers.shared.profiles import draft_of


@handler("develop_account_profile.check_completeness")
@automatic
def check_completeness(context: TaskContext[Any]) -> Outcome:
    """Counts the round; the gap list is kept with the draft."""
    customer = customer_of(context)
    draft = draft_of(context, customer)
    lacking = account_profiles.missing(draft, len(relationships.of_account(context.session, customer.id)))
    share = account_profiles.completeness_pct(lacking)
    found = {"completeness_pct": share, "missing": lacking}
    account_profiles.change(context.session, draft, found, by=doer(context, customer), at=context.now)
    rounds = context.variables["gap_round"] + 1
    return Done({"profile_completeness_pct": share, "missing": lacking, "gap_round": rounds})
