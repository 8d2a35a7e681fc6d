"""Clear open items: each is finished, cancelled or handed on; then they are looked for again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm import open_items
from crm.errors import CrmError
from crm.open_items import Settlement
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion, sentence

FIELD = "settlements"


@handler("close_opportunity.clear_open_items")
@completion
def clear_open_items(context: TaskContext[Any]) -> Outcome:
    """Settles the items one by one; what an item cannot take is said at its row, and nothing is changed."""
    rows: Sequence[dict[str, Any]] = context.form.get(FIELD) or []
    nobody = {
        f"{FIELD}.{index}.transfer_to": Sentence("Expected somebody to hand the action on to, but nobody is chosen.")
        for index, row in enumerate(rows)
        if row["kind"] == "action" and row["resolution"] == "transfer" and not row.get("transfer_to")
    }
    if nobody:
        return Refuse(nobody)
    deal = subject.opportunity_of(context)
    by, outcome = subject.actor(context, deal), context.variables["outcome"]
    for index, row in enumerate(rows):
        wanted = Settlement(row["what"], row["resolution"], row.get("transfer_to"), outcome)
        try:
            open_items.settle(context.session, deal, wanted, by=by, at=context.now)
        except CrmError as error:
            return Refuse({f"{FIELD}.{index}.resolution": sentence(error)})
    return Done({})
