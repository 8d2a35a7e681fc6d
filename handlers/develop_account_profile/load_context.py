"""Load account: whose profile it is, and whether it ever ordered."""

from __future__ import annotations

from typing import Any

from crm import account_history
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.customers import customer_of, naming
from handlers.shared.outcomes import loading


@handler("develop_account_profile.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """The rounds of closing gaps are counted from nought."""
    customer = customer_of(context)
    ordered = customer.prior_customer or account_history.has_won(context.session, customer.id)
    return Done({**naming(customer), "prior_customer": ordered, "gap_round": 0, "missing": []})
