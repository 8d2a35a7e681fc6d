"""Load account and opportunity: whose plan it is, and why the planning was started."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading


@handler("area_key_account_planning.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Starts for an account, or for a deferred opportunity of one."""
    customer = subject.account_of(context)
    entry = {"entry_reason": context.variables.get("entry_reason") or "planning_cycle"}
    if subject.business_record(context).startswith(f"{subject.OPPORTUNITY}:"):
        return Done({**subject.naming(subject.opportunity_of(context), customer), **entry})
    names = {"account_number": customer.number, "account_name": customer.name, "customer": customer.name}
    return Done({"owner": customer.owner, **names, **entry})
