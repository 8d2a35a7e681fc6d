"""Load or begin the measuring: of the last month, with all measures of sales calls."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import loading

GROUP = "call"


@handler("measure_sales_call_performance.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """From here on the process is about the measuring."""
    run = measuring.begun(context, GROUP, measuring.month_before(context.now.date()))
    variables = {
        **measuring.named(run),
        **measuring.choices(context, GROUP),
        "owner": run.owner,
        "teams": run.teams,
        "call_types": run.call_types,
        "patterns": [],
        "reps_to_coach": [],
        "attainment_pct": 0,
    }
    return Done(variables, business_key=run.business_key)
