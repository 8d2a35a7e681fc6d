"""Rate: green, amber or red for every result (table D24), and who is to be coached."""

from __future__ import annotations

from typing import Any

from crm import measure_runs, users
from crm.measure_runs import REP
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import automatic


@handler("measure_sales_call_performance.rate_measures", decisions=(measuring.RATING,))
@automatic
def rate_measures(context: TaskContext[Any]) -> Outcome:
    """A rep with an amber or red measure is coached by the line manager."""
    run = measuring.run_of(context)
    counts = measuring.rate(context, run)
    weak = measure_runs.rated(measure_runs.results(context.session, run.id, REP), "amber", "red")
    coached = []
    for login in sorted({result.scope for result in weak}):
        manager = users.get(context.session, login).manager
        if manager is not None:
            coached.append({"login": login, "managers": [manager]})
    return Done({"rating_counts": dict(counts), "reps_to_coach": coached})
