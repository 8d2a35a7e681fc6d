"""Publish: report RP-07 is filed, and those on its list are told."""

from __future__ import annotations

from typing import Any

from crm import measure_reports, measure_runs, report_runs
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import automatic

REPORT, READERS = "RP-07", ("mgr", "ops", "anl")


@handler("measure_account_planning_performance.publish_report")
@automatic
def publish_report(context: TaskContext[Any]) -> Outcome:
    """The run is closed with it."""
    run, at = run_of(context), context.now
    by = context.actor or run.owner
    published = measure_runs.move(context.session, run, "published", by=by, at=at, published_at=at)
    sheets = measure_reports.account_plans(context.session, published)
    filed = report_runs.file(
        context.session,
        REPORT,
        measure_reports.RP07,
        run.period,
        sheets,
        owner=run.owner,
        run_id=run.id,
        readers=READERS,
        by=by,
        at=at,
    )
    text = Sentence("The report %(report)s of %(period)s is published.", report=REPORT, period=run.period)
    notices = [Notice(None, group, text) for group in READERS]
    return Done({"report_number": filed.number}, events=["report.filed"], notices=notices)
