"""Gather internal history: what our own records say, kept in the draft of the next profile version."""

from __future__ import annotations

from typing import Any

from crm import account_history, account_profiles
from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.customers import customer_of, doer
from handlers.shared.outcomes import automatic
from handlers.shared.profiles import draft_of, mapped_contacts, shown


@handler("develop_account_profile.gather_internal_history")
@automatic
def gather_internal_history(context: TaskContext[Any]) -> Outcome:
    """Revenue and margin by year, products, open opportunities, credit standing, and what the forms begin with."""
    customer = customer_of(context)
    history = {"history": stored(account_history.gathered(context.session, customer))}
    by = doer(context, customer)
    draft = account_profiles.change(context.session, draft_of(context, customer), history, by=by, at=context.now)
    return Done({**shown(draft), "contacts": mapped_contacts(context, customer)})
