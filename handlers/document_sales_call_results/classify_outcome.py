"""Outcome rule: keep what table D12 gave, and say whether the rep needs coaching after a setback."""

from __future__ import annotations

from typing import Any

from crm import flags, sales_calls, users
from crm.sales_calls import SalesCall
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls, decisions, subject
from handlers.shared.outcomes import automatic

LARGE = ("major", "strategic")


@handler("document_sales_call_results.classify_outcome")
@automatic
def classify_outcome(context: TaskContext[Any]) -> Outcome:
    """Coaching is for large opportunities and for reps in their first year, while it is switched on."""
    call, outcome = calls.call_of(context), decisions.decided(context, "call_outcome")
    by = calls.actor(context, call)
    sales_calls.change(context.session, call, {"outcome": outcome}, by=by, at=context.now)
    return Done({"call_outcome": outcome, "coaching_needed": _coaching_needed(context, call)})


def _coaching_needed(context: TaskContext[Any], call: SalesCall) -> bool:
    if not flags.enabled(context.session, "coaching_enabled"):
        return False
    today = subject.today(context, call.owner)
    junior = users.get(context.session, call.owner).rep_experience(today) == "junior"
    return junior or context.variables["deal_band"] in LARGE
