"""Send summary to customer: what was agreed, as a letter in the rep's name."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("follow_up_on_sales_call.send_summary")
@completion
def send_summary(context: TaskContext[Any]) -> Outcome:
    """Keeps the letter with the call, and when it went out."""
    call, form, at = calls.call_of(context), context.form, context.now
    changes = {
        "customer_message": form["message"],
        "customer_attachments": ", ".join(file["name"] for file in form.get("attachments") or []) or None,
        "summary_sent_at": at,
    }
    sales_calls.change(context.session, call, changes, by=calls.actor(context, call), at=at)
    return Done({"sent_at": at})
