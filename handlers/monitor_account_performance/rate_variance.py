"""Variance rule: keep what table D08 gave as a figure of the account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import decided
from handlers.shared.outcomes import automatic
from handlers.shared.planning import account_of, plan_of, planner

VARIANCE = "account_variance"
WHOLE = Decimal(100)


@handler("monitor_account_performance.rate_variance")
@automatic
def rate_variance(context: TaskContext[Any]) -> Outcome:
    """The measures count from it which large variances were followed by a new version of the plan."""
    plan = plan_of(context)
    measure_runs.note_account(
        context.session,
        VARIANCE,
        account_of(context, plan).number,
        subject.today(context, plan.owner),
        value=Decimal(context.variables["attainment_pct"]),
        target=WHOLE,
        rating=decided(context, "variance_class"),
        by=planner(context, plan),
        at=context.now,
    )
    return Done({})
