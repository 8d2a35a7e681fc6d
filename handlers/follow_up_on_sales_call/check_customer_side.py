"""Check customer's commitments: what the customer did, and until when he will do the rest."""

from __future__ import annotations

from typing import Any

from crm import call_follow_ups
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import completion


@handler("follow_up_on_sales_call.check_customer_side")
@completion
def check_customer_side(context: TaskContext[Any]) -> Outcome:
    """Counts the look, and says whether everything that both sides agreed to do is settled."""
    call = calls.call_of(context)
    asked = list(context.variables.get("customer_follow_ups") or [])
    rows = list(context.form.get("customer_items") or [])
    today, text = subject.today(context, call.owner), Sentence("Expected a day that is still to come.")
    late = [at for at, row in enumerate(rows) if row.get("new_date") and row["new_date"] <= today]
    if late:
        return Refuse({f"customer_items.{at}.new_date": text for at in late})
    for item, row in zip(asked, rows, strict=False):
        _settle(context, call, int(item["id"]), row)
    closed = all(item.is_closed for item in call_follow_ups.listing(context.session, call.id))
    variables = {
        "all_follow_ups_closed": closed,
        "follow_up_round": int(context.variables["follow_up_round"]) + 1,
        "customer_follow_ups": calls.customer_follow_ups(context, call),
    }
    return Done(variables)


def _settle(context: TaskContext[Any], call: SalesCall, item_id: int, row: dict[str, Any]) -> None:
    item = call_follow_ups.get(context.session, item_id)
    by, at = calls.actor(context, call), context.now
    if row["done"]:
        call_follow_ups.move(context.session, call, item, "done", by=by, at=at, done_at=at, result="done")
    elif row.get("new_date"):
        call_follow_ups.change(context.session, call, item, {"due": row["new_date"]}, by=by, at=at)
