"""Add market intelligence: what moves the industry, and who else is there."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import profiles
from handlers.shared.customers import customer_of
from handlers.shared.outcomes import completion


@handler("develop_account_profile.add_market_intelligence")
@completion
def add_market_intelligence(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the draft."""
    profiles.write(context, customer_of(context))
    return Done({})
