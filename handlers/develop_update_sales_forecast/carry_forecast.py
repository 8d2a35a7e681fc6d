"""Carry last figures over: nobody submitted in time, so the last figures count, marked as stale."""

from __future__ import annotations

from typing import Any

from crm import forecasts
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.forecasting import forecast_of
from handlers.shared.outcomes import automatic


@handler("develop_update_sales_forecast.carry_forecast")
@automatic
def carry_forecast(context: TaskContext[Any]) -> Outcome:
    """The figures submitted last, else those of the lines; the owner is told."""
    there, at = forecast_of(context), context.now
    last = forecasts.newest(context.session, there.owner, there.period, "published")
    commit = there.commit_amount or (last.commit_amount if last else None) or there.commit_lines
    best = there.best_case or (last.best_case if last else None) or there.best_case_lines
    forecasts.mark_stale(context.session, there.owner, there.period, by=there.owner, at=at)
    carried = forecasts.submit(
        context.session, there, commit, max(best, commit), there.risks, stale=True, by=there.owner, at=at
    )
    text = Sentence(
        "The forecast %(number)s was not submitted in time: its last figures were carried over as stale.",
        number=carried.number,
    )
    return Done({}, notices=[Notice(there.owner, None, text)])
