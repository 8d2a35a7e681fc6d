"""Load account and opportunity: whose plan it is, and why the planning was started."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.customers import customer_of, naming
from handlers.shared.outcomes import loading


@handler("area_key_account_planning.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Starts for an account, for a deferred opportunity of one, or, about nobody, for the whole year's cycle."""
    kind, _ = subject.kind_and_number(context)
    usual = "account_event" if context.variables.get("trigger_event") else "planning_cycle"
    entry = {"entry_reason": context.variables.get("entry_reason") or usual, "plan_number": None}
    if kind == subject.USER:
        return Done({"owner": subject.starter(context), "account_number": None, **entry})
    customer = customer_of(context)
    if kind == subject.OPPORTUNITY:
        return Done({**subject.naming(subject.opportunity_of(context), customer), **entry})
    return Done({**naming(customer), **entry})
