"""Rate: green, amber or red for every result (table D24)."""

from __future__ import annotations

from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import automatic


@handler("measure_account_planning_performance.rate_measures", decisions=(measuring.RATING,))
@automatic
def rate_measures(context: TaskContext[Any]) -> Outcome:
    """Also names the managers who are to comment their team's results."""
    run = measuring.run_of(context)
    counts = measuring.rate(context, run)
    comments = []
    for team in context.variables.get("measured_teams", []):
        manager = measure_runs.manager_of(context.session, team)
        if manager is not None:
            comments.append({"code": team, "managers": [manager]})
    return Done({"rating_counts": dict(counts), "team_comments": comments})
