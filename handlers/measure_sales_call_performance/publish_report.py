"""Publish: report RP-06 is filed; every rep gets own figures beside the median of the team."""

from __future__ import annotations

from typing import Any

from crm import measure_reports, measure_runs, report_runs
from crm.measure_runs import REP
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import automatic

REPORT, READERS = "RP-06", ("mgr", "ops", "anl")


@handler("measure_sales_call_performance.publish_report")
@automatic
def publish_report(context: TaskContext[Any]) -> Outcome:
    """The run is closed with it."""
    run, at = run_of(context), context.now
    by, title = context.actor or run.owner, measure_reports.RP06
    published = measure_runs.move(context.session, run, "published", by=by, at=at, published_at=at)
    sheets = measure_reports.calls(context.session, published)
    given: dict[str, Any] = {"run_id": run.id, "by": by, "at": at}
    filed = report_runs.file(
        context.session, REPORT, title, run.period, sheets, owner=run.owner, readers=READERS, **given
    )
    found = measure_runs.results(context.session, run.id, REP)
    reps: list[str] = []
    for team in measure_runs.teams_of(context.session, run).values():
        for rep in team:
            own = measure_reports.own_calls(context.session, found, rep, team)
            report_runs.file(context.session, REPORT, title, run.period, [own], owner=rep, readers=[rep], **given)
            reps.append(rep)
    text = Sentence("The report %(report)s of %(period)s is published.", report=REPORT, period=run.period)
    notices = [Notice(None, group, text) for group in READERS] + [Notice(rep, None, text) for rep in reps]
    return Done({"report_number": filed.number}, events=["report.filed"], notices=notices)
