"""Consolidate scorecard: one score for each team, and how long approvals took."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from crm import measure_runs, measures, periods
from crm.measure_runs import Run
from crm.reports import approvals
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import measuring
from handlers.shared.outcomes import automatic

SCORE, CENT = "scorecard", Decimal("0.01")


@handler("stage_measure_sales_execution.consolidate")
@automatic
def consolidate(context: TaskContext[Any]) -> Outcome:
    """The score is the mean attainment of the team's measures; n/a where none could be worked out."""
    runs = [measure_runs.get(context.session, context.variables[name]) for name in ("account_run", "call_run")]
    attained: dict[str, list[Decimal]] = defaultdict(list)
    for run in runs:
        for result in measure_runs.results(context.session, run.id, measure_runs.TEAM):
            if result.attainment_pct is not None:
                attained[result.scope].append(result.attainment_pct)
    for team, found in sorted(attained.items()):
        score = (sum(found, Decimal(0)) / len(found)).quantize(CENT, ROUND_HALF_UP)
        _note(context, runs[0], SCORE, (measure_runs.TEAM, team), measures.Figure(score))
    _approvals(context, runs[0])
    return Done({"scorecard": {team: len(found) for team, found in attained.items()}})


def _approvals(context: TaskContext[Any], run: Run) -> None:
    if context.figures is None:
        return
    first, last = periods.days(run.period)
    asked = measures.Asked(context.session, (), first, last, context.now)
    facts = context.figures.approvals(asked.begins, asked.ends)
    for key, figure in approvals.measures_of(context.session, facts).items():
        _note(context, run, key, (measure_runs.EVERYTHING, measuring.EVERYBODY), figure)


def _note(context: TaskContext[Any], run: Run, measure: str, scope: tuple[str, str], figure: measures.Figure) -> None:
    by = context.actor or run.owner
    measure_runs.note(context.session, run, measure, scope, figure, by=by, at=context.now)
