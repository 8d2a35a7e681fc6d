"""Executive decision: recover the account or end its plan; the tier may change."""

from __future__ import annotations

from typing import Any

from crm import accounts
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import account_of, plan_of, planner

UNCHANGED = "none"


@handler("monitor_account_performance.decide_recovery")
@completion
def decide_recovery(context: TaskContext[Any]) -> Outcome:
    """Tells the plan's owner what was decided."""
    plan, form = plan_of(context), context.form
    customer = account_of(context, plan)
    tier = form.get("tier_change") or UNCHANGED
    if tier not in (UNCHANGED, customer.tier):
        by = planner(context, plan)
        accounts.change(context.session, customer, {"tier": tier}, by=by, at=context.now)
    recover = form["decision"] == "approve"
    text = "%(account)s is to be recovered: revise the plan." if recover else "The plan for %(account)s ends."
    return Done({}, notices=[Notice(plan.owner, None, Sentence(text, account=customer.name))])
