"""Segment account: keep the segment that table D02 gave."""

from __future__ import annotations

from typing import Any

from crm import account_profiles, accounts
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.customers import customer_of, doer
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic
from handlers.shared.profiles import draft_of


@handler("develop_account_profile.segment_account")
@automatic
def segment_account(context: TaskContext[Any]) -> Outcome:
    """Writes the segment to the account, and the strength of the relationship to its profile."""
    customer = customer_of(context)
    by = doer(context, customer)
    segment = {"segment": decided(context, "account_segment")}
    if customer.segment != segment["segment"]:
        accounts.change(context.session, customer, segment, by=by, at=context.now)
    strength = {"relationship_strength": context.variables["relationship_strength"]}
    account_profiles.change(context.session, draft_of(context, customer), strength, by=by, at=context.now)
    return Done({})
