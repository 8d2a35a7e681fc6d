"""1 Confirm valid opportunity: only what is one is recorded."""

from __future__ import annotations

from typing import Any

from crm import prequalification
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion

NO_NEED = "Q01"


@handler("opportunity_lifecycle_u8.confirm_valid_opportunity")
@completion
def confirm_valid_opportunity(context: TaskContext[Any]) -> Outcome:
    """A draft that is no opportunity ends here; otherwise the record follows once the customer is known."""
    kind, _ = subject.kind_and_number(context)
    if kind == subject.OPPORTUNITY and not context.form["is_valid"]:
        deal = subject.opportunity_of(context)
        by, today = subject.actor(context, deal), subject.today(context, deal.owner)
        prequalification.discard(context.session, deal, today, reason=NO_NEED, by=by, at=context.now)
    return Done({})
