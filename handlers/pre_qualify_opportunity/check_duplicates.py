"""Check account and duplicate opportunity: is the customer recorded, and is this opportunity there already?"""

from __future__ import annotations

from typing import Any

from crm import accounts, duplicates, verification
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("pre_qualify_opportunity.check_duplicates")
@automatic
def check_duplicates(context: TaskContext[Any]) -> Outcome:
    """Sets account_known (not by its name only), duplicate_found, and the likeliest duplicate."""
    deal = subject.opportunity_of(context)
    customer = accounts.by_id(context.session, deal.account_id)
    found = duplicates.of(context.session, deal)
    return Done(
        {
            "account_known": not verification.is_shell(customer),
            "duplicate_found": bool(found),
            "duplicate_of": found[0].business_key if found else None,
        }
    )
