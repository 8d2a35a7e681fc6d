"""Agree next steps: who does what by when, on both sides."""

from __future__ import annotations

from typing import Any

from crm import call_follow_ups, sales_calls
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls, subject
from handlers.shared.outcomes import completion


@handler("close_sales_call.agree_next_steps")
@completion
def agree_next_steps(context: TaskContext[Any]) -> Outcome:
    """Every step becomes a follow-up of its side; steps of ours without a name are the rep's."""
    call, at, rows = calls.call_of(context), context.now, context.form["next_steps"]
    by, today = calls.actor(context, call), subject.today(context, call.owner)
    text = Sentence("Expected a day that is still to come.")
    if errors := {f"next_steps.{i}.due": text for i, row in enumerate(rows) if row["due"] < today}:
        return Refuse(errors)
    for row in rows:
        call_follow_ups.agree(
            context.session, call, row["action"], row["side"], row["due"], by=by, at=at,
            owner=row.get("owner"), contact_number=row.get("contact"),
        )  # fmt: skip
    wanted = context.form["next_call_wanted"]
    sales_calls.change(context.session, call, {"next_call_wanted": wanted}, by=by, at=at)
    return Done({})
