"""Load or begin the measuring: of the last quarter, with all measures of account planning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm import periods
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import loading

GROUP = "account"


@handler("measure_account_planning_performance.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about the measuring."""
    today = context.now.date()
    first, _last = periods.days(periods.quarter(today))
    run = measuring.begun(context, GROUP, periods.quarter(first - timedelta(days=1)))
    variables = {
        **measuring.named(run),
        **measuring.choices(context, GROUP),
        "owner": run.owner,
        "teams": run.teams,
        "measures": run.measures,
        "improvements": [],
        "process_change": False,
        "change_text": None,
        "manager_comment": None,
        "attainment_pct": 0,
    }
    return Done(variables, business_key=run.business_key)
