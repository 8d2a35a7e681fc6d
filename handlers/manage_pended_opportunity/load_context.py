"""Load opportunity and pended item: who owns it, why and until when it was deferred."""

from __future__ import annotations

from typing import Any

from crm import accounts, pended
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading


@handler("manage_pended_opportunity.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """What the record says wins; what is not recorded yet comes from the hand-over."""
    deal = subject.opportunity_of(context)
    item = pended.waiting(context.session, deal.id)
    given = context.variables
    variables = {
        **subject.naming(deal, accounts.by_id(context.session, deal.account_id)),
        "defer_reason": item.reason if item else given.get("defer_reason") or "other",
        "resume_date": item.resume_date if item else given.get("resume_date") or deal.resume_date,
        "resume_note": item.note if item else given.get("resume_note"),
        "keep_in_account_plan": item.keep_in_account_plan if item else bool(given.get("keep_in_account_plan")),
        "extension_count": item.extension_count if item else 0,
        "resume_action": None,
        "new_resume_date": None,
    }
    return Done(variables)
