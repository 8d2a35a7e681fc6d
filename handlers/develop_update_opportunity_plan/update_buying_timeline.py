"""Update Timeline & Milestones in Formal Customer Buying Process."""

from __future__ import annotations

from typing import Any

from crm import plan_contents
from crm.kinds.opportunity_plan_parts import MILESTONES
from crm.plan_checklist import FORMAL_STEPS
from crm.titles import named
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import plans
from handlers.shared.outcomes import completion

FIELD = "milestones"


@handler("develop_update_opportunity_plan.update_buying_timeline")
@completion
def update_buying_timeline(context: TaskContext[Any]) -> Outcome:
    """Keeps the customer's steps; evaluation, approval and purchasing are among them."""
    given = plans.rows(context, FIELD)
    missing = sorted(FORMAL_STEPS - {row["kind"] for row in given})
    if missing:
        text = "Expected at least evaluation, approval and purchasing, but these are missing: %(missing)s."
        return Refuse({FIELD: Sentence(text, missing=named(MILESTONES, *missing))})
    work = plans.at_work(context)
    found = [
        {
            **plans.columns(row, "kind", "customer_owner", "date", "our_activity"),
            "status": row.get("status") or "planned",
        }
        for row in sorted(given, key=lambda row: row["date"])
    ]
    plan_contents.set_milestones(context.session, work.plan, found, by=work.by, at=context.now)
    return Done({FIELD: found})
