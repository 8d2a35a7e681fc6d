"""Clear open items: each is finished, cancelled or handed on; then they are looked for again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm import open_items
from crm.errors import CrmError
from crm.open_items import Settlement
from engine.contract import Done, Message, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import other_processes, subject
from handlers.shared.outcomes import completion, sentence

FIELD = "settlements"
Row = Mapping[str, Any]


@handler("close_opportunity.clear_open_items")
@completion
def clear_open_items(context: TaskContext[Any]) -> Outcome:
    """Settles the items one by one; what an item cannot take is said at its row, and nothing is changed.

    What runs about a cancelled call ends at once. A process about the opportunity ends with the outcome:
    until then the closing may still be refused.
    """
    rows: Sequence[Row] = context.form.get(FIELD) or []
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
    ending = [*(context.variables.get("to_end") or ()), *(_number(row) for row in rows if _ends_process(row))]
    return Done({"to_end": ending}, messages=[message for row in rows for message in _of_call(context, row)])


def _ends_process(row: Row) -> bool:
    """A process is ended either way; with an approval only when that is cancelled, else it is waited for."""
    kind = row["kind"]
    return bool(kind == open_items.PROCESS or (kind == open_items.APPROVAL and row["resolution"] == "cancel"))


def _of_call(context: TaskContext[Any], row: Row) -> list[Message]:
    if row["kind"] != "call" or row["resolution"] == "transfer":
        return []
    return other_processes.withdrawals(context, f"sales_call:{_number(row)}", {"closed_with": context.business_key})


def _number(row: Row) -> str:
    return str(row["what"]).partition(":")[2]
