"""Handle concerns: what stands in the way, which topics are done, and whether there is time for more."""

from __future__ import annotations

from typing import Any

from crm import call_notes
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("execute_sales_call.handle_concerns")
@completion
def handle_concerns(context: TaskContext[Any]) -> Outcome:
    """Counts the concerns of the whole call that are open; a settled one needs its answer."""
    form, call = context.form, calls.call_of(context)
    rows = form.get("concerns") or []
    text = Sentence("Expected the answer that settled it.")
    errors = {
        f"concerns.{at}.response": text
        for at, row in enumerate(rows)
        if row.get("resolved") and not row.get("response")
    }
    if errors:
        return Refuse(errors)
    by = calls.actor(context, call)
    _note(context, call, rows, by)
    covered = [int(value) for value in form.get("topics_covered") or []]
    left = call_notes.cover(context.session, call, covered, by=by, at=context.now)
    variables = {
        "open_concerns": call_notes.open_concerns(context.session, call.id),
        "topics_left": left,
        "open_topics": calls.open_topics(context, call),
    }
    return Done(variables)


def _note(context: TaskContext[Any], call: SalesCall, rows: list[dict[str, Any]], by: str) -> None:
    for row in rows:
        detail = {"type": row["type"], "response": row.get("response")}
        resolved = bool(row.get("resolved"))
        call_notes.add(
            context.session, call, "concern", row["text"], by=by, at=context.now, detail=detail, resolved=resolved
        )
