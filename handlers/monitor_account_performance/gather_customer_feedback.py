"""Customer business review: how content the customer is, and what was promised."""

from __future__ import annotations

from typing import Any

from crm.rows import stored
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, write


@handler("monitor_account_performance.gather_customer_feedback")
@completion
def gather_customer_feedback(context: TaskContext[Any]) -> Outcome:
    """Keeps the answers in the plan; a satisfaction that was not asked stays as it was."""
    plan, form = plan_of(context), context.form
    changes: dict[str, Any] = {"customer_feedback": form["feedback"]}
    changes["commitments"] = stored(form.get("commitments") or [])
    if form.get("satisfaction") is not None:
        changes["satisfaction"] = form["satisfaction"]
    write(context, plan, **changes)
    return Done({})
