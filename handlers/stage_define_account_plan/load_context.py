"""Load accounts: one, or the target accounts of today; and whose profile is missing or old."""

from __future__ import annotations

from typing import Any

from crm import account_profiles, accounts
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.customers import ACCOUNT_PLAN, customer_of, naming
from handlers.shared.outcomes import loading


@handler("stage_define_account_plan.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """About an account (or its plan) the stage runs for it alone; about nobody, for the whole year's choice."""
    kind, _ = subject.kind_and_number(context)
    if kind in (subject.ACCOUNT, ACCOUNT_PLAN):
        customer = customer_of(context)
        valid = account_profiles.valid(context.session, customer.id, subject.today(context, customer.owner))
        due = [] if valid else [customer.number]
        return Done(
            {**naming(customer), "single_account": True, "target_accounts": [customer.number], "profiles_due": due}
        )
    owner = subject.starter(context)
    today = subject.today(context, owner or "")
    targets = accounts.targets(context.session)
    due = [one.number for one in targets if not account_profiles.valid(context.session, one.id, today)]
    return Done({"owner": owner, "single_account": False, "target_accounts": [], "profiles_due": due})
