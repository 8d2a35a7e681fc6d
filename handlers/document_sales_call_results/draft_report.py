"""Draft report: what the notes say, and whether the call was held."""

from __future__ import annotations

from typing import Any

from crm import call_notes
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic

NO_COMMITMENT = "none"


@handler("document_sales_call_results.draft_report")
@automatic
def draft_report(context: TaskContext[Any]) -> Outcome:
    """Where nobody said whether the call was held (it is still scheduled), the report asks."""
    call = calls.call_of(context)
    held = call.was_held
    variables = {
        "call_held": held,
        "held_unknown": held is None,
        "commitment": call.commitment or NO_COMMITMENT,
        "summary": call.summary or _drafted(context, call),
        "sentiment": call.sentiment,
    }
    return Done(variables)


def _drafted(context: TaskContext[Any], call: SalesCall) -> str | None:
    needs = [note.text for note in call_notes.listing(context.session, call.id, "need")]
    points = [row["point"] for row in (*call.agreed_points, *call.open_points)]
    return "\n".join(dict.fromkeys([*needs, *points])) or None
