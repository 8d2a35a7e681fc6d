"""Signal review due: ends the open actions of this run, and says why the plan is to be checked."""

from __future__ import annotations

from typing import Any

from crm import plan_actions
from engine.contract import Done, Message, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of

REVIEW_DUE = "plan_review_due"
RUNNING = ("open", "late")
NOTHING = "none"


@handler("execute_account_plan.signal_review")
@automatic
def signal_review(context: TaskContext[Any]) -> Outcome:
    """Sends the message only while an action is open: later nobody waits for it, and it would end the next run."""
    plan = plan_of(context)
    today = subject.today(context, plan.owner)
    if context.variables["trigger_event"] != NOTHING:
        reason = "event"
    elif plan.period_end is not None and today >= plan.period_end:
        reason = "plan_end"
    else:
        reason = "red" if context.variables["plan_health"] == "red" else "cycle"
    running = plan_actions.of_plan(context.session, plan_actions.ACCOUNT_PLAN, plan.id, RUNNING)
    messages = [Message(REVIEW_DUE, subject.business_record(context))] if running else []
    return Done({"review_reason": reason}, messages=messages)
