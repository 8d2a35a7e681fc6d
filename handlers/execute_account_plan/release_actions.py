"""Release actions: tasks for their owners; calls and opportunities start their own processes."""

from __future__ import annotations

from typing import Any

from crm import plan_actions, users
from crm.accounts import Account
from crm.plan_actions import PlanAction
from engine.contract import Done, Outcome, Sentence, Start, TaskContext, Warn, handler
from handlers.shared.outcomes import automatic
from handlers.shared.plan_runs import row_of
from handlers.shared.planning import account_of, plan_of, planner

CALL, PREQUALIFY = "schedule-sales-call", "pre-qualify-opportunity"


@handler("execute_account_plan.release_actions")
@automatic
def release_actions(context: TaskContext[Any]) -> Outcome:
    """Actions carried over from the run before were started then; they are taken up again."""
    plan = plan_of(context)
    customer, kind = account_of(context, plan), plan_actions.ACCOUNT_PLAN
    found = plan_actions.of_plan(context.session, kind, plan.id, plan_actions.UNFINISHED)
    fresh = [action for action in found if action.status != "carried"]
    starts = [start for action in fresh if (start := _start(customer, action))]
    by, rows = planner(context, plan), []
    for action in found:
        again = action
        if action.status == "carried":
            again = plan_actions.change(context.session, action, {"status": "open"}, by=by, at=context.now)
        rows.append(row_of(context, again))
    return Done(
        {"actions": rows}, starts=starts, warnings=[_told(context, customer, one) for one in fresh if _campaign(one)]
    )


def _start(customer: Account, action: PlanAction) -> Start | None:
    about = f"account:{customer.number}"
    if action.type == "sales_call":
        given = {"customer_reason": action.text, "call_owner": action.owner}
        return Start(CALL, about, given)
    if action.type == "opportunity":
        given = {"name": action.text[:200], "source": "account_plan", "owner": action.owner}
        return Start(PREQUALIFY, about, given)
    return None


def _campaign(action: PlanAction) -> bool:
    return action.type == "campaign"


def _told(context: TaskContext[Any], customer: Account, action: PlanAction) -> Warn:
    title = Sentence("Campaign for %(account)s", account=customer.name)
    text = Sentence(
        "The account plan asks for a campaign: %(text)s. %(owner)s owns it; it is due on %(due)s.",
        text=action.text,
        owner=users.names(context.session, action.owner),
        due=action.due,
    )
    return Warn("mkt", title, text)
