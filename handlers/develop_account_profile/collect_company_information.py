"""Collect company information: what the company does, wants and where it buys."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import profiles
from handlers.shared.customers import customer_of
from handlers.shared.outcomes import completion


@handler("develop_account_profile.collect_company_information")
@completion
def collect_company_information(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the draft."""
    profiles.write(context, customer_of(context))
    return Done({})
