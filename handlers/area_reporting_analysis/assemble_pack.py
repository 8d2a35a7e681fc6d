"""Assemble management pack: reports RP-01 to RP-12 of the period are filed."""

from __future__ import annotations

from typing import Any

from crm import measure_runs, measures, org_units, periods, report_runs, reports
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic


@handler("area_reporting_analysis.assemble_pack")
@automatic
def assemble_pack(context: TaskContext[Any]) -> Outcome:
    """Over all reps of all teams; a second pack of the period is the next version of each report."""
    period, owner = context.variables["period"], context.variables["owner"]
    by = context.actor or owner
    scope = _scope(context, period)
    filed = [
        report_runs.file(
            context.session,
            report.code,
            report.title,
            period,
            report.make(scope),
            owner=owner,
            by=by,
            at=context.now,
        ).number
        for report in reports.ALL
    ]
    return Done({"report_numbers": filed}, events=["report.filed"])


def _scope(context: TaskContext[Any], period: str) -> reports.Scope:
    units = org_units.listing(context.session)
    people = sorted({rep for unit in units for rep in measure_runs.reps_of(context.session, unit.id)})
    asked = measures.Asked(context.session, tuple(people), *periods.days(period), context.now)
    figures = context.figures
    if figures is None:
        return reports.Scope(asked, period)
    return reports.Scope(
        asked,
        period,
        figures.approvals(asked.begins, asked.ends),
        figures.processes(asked.begins, asked.ends),
        figures.waiting(context.now),
    )
