"""Apply agreed changes: each of them ticked off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import plan_reviews
from crm.rows import stored
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, planner, write

ROWS = "applied"


@handler("review_account_plan.apply_changes")
@completion
def apply_changes(context: TaskContext[Any]) -> Outcome:
    """Refused while a change is not worked in."""
    rows = context.form.get(ROWS) or []
    if open_ones := _open(rows):
        return Refuse(open_ones)
    plan = plan_of(context)
    review = plan_reviews.get(context.session, context.variables["review_id"])
    by = planner(context, plan)
    plan_reviews.change(context.session, review, {"changes": stored(rows)}, by=by, at=context.now)
    if context.form.get("vision"):
        write(context, plan, vision=context.form["vision"])
    return Done({"changes": stored(rows)})


def _open(rows: list[Mapping[str, Any]]) -> dict[str, Sentence]:
    text = "Expected every agreed change to be done before going on, but this one is open."
    return {f"{ROWS}.{index}.done": Sentence(text) for index, row in enumerate(rows) if not row.get("done")}
