"""Confirm or override: the rep's word on what table D14 recommends."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion


@handler("assess_opportunity.confirm_assessment")
@completion
def confirm_assessment(context: TaskContext[Any]) -> Outcome:
    """Another word than the recommendation is an override and needs a reason; conditions need one at least."""
    form = context.form
    conditional, conditions = form["final_recommendation"] == "pursue_with_conditions", form.get("conditions") or []
    if conditional and not conditions:
        return Refuse({"conditions": Sentence("Expected at least one condition under which to pursue it.")})
    overridden = form["final_recommendation"] != context.variables["recommendation"]
    reason = form.get("override_reason") if overridden else None
    kept = list(conditions) if conditional else []
    return Done({"is_override": overridden, "override_reason": reason, "conditions": kept, "decision": None})
