"""Collect what arrived: the proposal to begin with, from tiers, nominations and scores."""

from __future__ import annotations

from typing import Any

from crm import targeting
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.rounds import round_of

LOWEST = "OPPORTUNISTIC"


@handler("identify_target_accounts.collect_opinions")
@automatic
def collect_opinions(context: TaskContext[Any]) -> Outcome:
    """Operations change it as they see fit."""
    current = round_of(context)
    found = targeting.proposed(targeting.candidates(context.session, current.id), current.min_score)
    rows = [
        {"account": f"account:{one.account_number}", "tier": one.tier or LOWEST, "owner": one.account_owner}
        for one in found
    ]
    return Done({"proposal": rows})
