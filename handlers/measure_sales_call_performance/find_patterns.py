"""Find patterns: outcomes by rep, tier, channel and depth, and planned against unplanned calls."""

from __future__ import annotations

from typing import Any

from crm import call_patterns, measure_runs, measures, periods
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import automatic


@handler("measure_sales_call_performance.find_patterns")
@automatic
def find_patterns(context: TaskContext[Any]) -> Outcome:
    """What stands out is flagged; the patterns stay with the run."""
    run, at = run_of(context), context.now
    by = context.actor or run.owner
    people = sorted({rep for reps in measure_runs.teams_of(context.session, run).values() for rep in reps})
    asked = measures.Asked(context.session, tuple(people), *periods.days(run.period), at)
    found = call_patterns.find(asked, run.call_types)
    changed = measure_runs.change(context.session, run, {"patterns": found}, by=by, at=at)
    if changed.status == "open":
        measure_runs.move(context.session, changed, "computed", by=by, at=at)
    return Done({"patterns": found})
