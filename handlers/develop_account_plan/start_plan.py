"""Start plan and invite team: opens the draft of the period, with its vision and contributors."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_periods
from crm.account_plans import AccountPlan
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.customers import customer_of, doer
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import begun
from handlers.shared.planning import invite, plan_naming


@handler("develop_account_plan.start_plan")
@completion
def start_plan(context: TaskContext[Any]) -> Outcome:
    """A draft that waits (of the targeting, or of an earlier try) is taken up; else a new one begins.

    Contributors join the account team, so that they can read what they write about.
    """
    first, last = context.form["period_start"], context.form["period_end"]
    if last <= first:
        text = Sentence("Expected a day after %(first)s, but got %(last)s.", first=first, last=last)
        return Refuse({"period_end": text})
    contributors = list(dict.fromkeys(context.form.get("contributors") or []))
    plan = _drafted(context, contributors)
    invite(context, plan, contributors)
    variables = {"contributors": contributors, "plan_status": plan.status}
    return Done({**plan_naming(plan, customer_of(context)), **begun(context, plan), **variables})


def _drafted(context: TaskContext[Any], contributors: list[str]) -> AccountPlan:
    customer, session, at = customer_of(context), context.session, context.now
    by = doer(context, customer)
    first, last = context.form["period_start"], context.form["period_end"]
    values = {
        "period": plan_periods.named(first, last),
        "period_start": first,
        "period_end": last,
        "vision": context.form["vision"],
        "contributors": contributors,
        "depth": context.variables["plan_depth"],
        "review_cycle": context.variables["review_cycle"],
    }
    there = account_plans.current(session, customer.id)
    if there is not None and there.status == "draft":
        return account_plans.change(session, there, values, by=by, at=at)
    made = account_plans.create(session, customer.id, customer.owner, by=by, at=at, **values)
    return account_plans.by_id(session, made)
