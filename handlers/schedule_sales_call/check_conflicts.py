"""Check conflicts: colleagues at the same person, other calls of ours, days off."""

from __future__ import annotations

from typing import Any

from crm import call_conflicts
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import automatic


@handler("schedule_sales_call.check_conflicts")
@automatic
def check_conflicts(context: TaskContext[Any]) -> Outcome:
    """Sets `conflict`, `conflict_text` (names, numbers and times) and `conflicts` for the panel."""
    found = call_conflicts.conflicts(context.session, calls.call_of(context))
    shown = [
        {"kind": one.kind, "who": one.who, "call": one.call, "contact": one.contact, "when": one.when} for one in found
    ]
    text = "\n".join(one.text for one in found)
    return Done({"conflict": bool(found), "conflict_text": text, "conflicts": shown})
