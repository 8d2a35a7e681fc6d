"""Close information gaps: what was missing, or the word that it cannot be had."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import profiles
from handlers.shared.customers import customer_of
from handlers.shared.outcomes import completion

LAST_ROUND = 3


@handler("develop_account_profile.close_gaps")
@completion
def close_gaps(context: TaskContext[Any]) -> Outcome:
    """Accepting the gaps makes the check that follows the last one."""
    profiles.write(context, customer_of(context))
    if context.form.get("accept_gaps"):
        return Done({"gap_round": LAST_ROUND - 1})
    return Done({})
