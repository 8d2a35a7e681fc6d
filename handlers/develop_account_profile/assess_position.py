"""Assess our position: how much of the account's need we serve, and how strong our relationships are."""

from __future__ import annotations

from typing import Any

from crm import relationships
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import profiles
from handlers.shared.customers import customer_of
from handlers.shared.outcomes import completion


@handler("develop_account_profile.assess_position")
@completion
def assess_position(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers; the strength of the relationship follows from the mapped contacts."""
    customer = customer_of(context)
    profiles.write(context, customer)
    found = relationships.of_account(context.session, customer.id)
    return Done({"relationship_strength": relationships.strength_of(found)})
