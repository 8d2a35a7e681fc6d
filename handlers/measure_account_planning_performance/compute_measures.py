"""Compute measures: every measure for every team and for everybody together."""

from __future__ import annotations

from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import automatic


@handler("measure_account_planning_performance.compute_measures")
@automatic
def compute_measures(context: TaskContext[Any]) -> Outcome:
    """Results of an earlier try are replaced."""
    run = measuring.run_of(context)
    teams = measure_runs.teams_of(context.session, run)
    by, at = context.actor or run.owner, context.now
    count = measure_runs.compute(context.session, run, measuring.scopes(teams, each_rep=False), by=by, at=at)
    return Done({"result_count": count, "measured_teams": sorted(teams)})
