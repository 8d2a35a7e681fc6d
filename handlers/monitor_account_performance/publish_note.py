"""Publish performance note: the attainment for reports and measures, and the day of the next review."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import measure_runs, plan_periods, users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.planning import account_of, plan_of, planner, write

ATTAINMENT = "account_attainment"
WHOLE = Decimal(100)


@handler("monitor_account_performance.publish_note")
@automatic
def publish_note(context: TaskContext[Any]) -> Outcome:
    """Tells the plan's owner and the manager above."""
    plan = plan_of(context)
    customer, by, today = account_of(context, plan), planner(context, plan), subject.today(context, plan.owner)
    attained, variance = context.variables["attainment_pct"], context.variables["variance_class"]
    measure_runs.note_account(
        context.session,
        ATTAINMENT,
        customer.number,
        today,
        value=Decimal(attained),
        target=WHOLE,
        rating=variance,
        comment=plan.customer_feedback,
        by=by,
        at=context.now,
    )
    write(context, plan, next_review_on=plan_periods.next_review(today, plan.review_cycle, plan.period_end))
    text = Sentence(
        "%(account)s has reached %(attained)s %% of its plan so far (%(variance)s).",
        account=customer.name,
        attained=attained,
        variance=variance,
    )
    manager = users.get(context.session, plan.owner).manager
    notices = [Notice(who, None, text) for who in (plan.owner, manager) if who]
    return Done({}, notices=notices)
