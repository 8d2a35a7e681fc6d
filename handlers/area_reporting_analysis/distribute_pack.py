"""Distribute: each report to the roles that read it."""

from __future__ import annotations

from typing import Any

from crm import report_runs
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import automatic

MANAGEMENT = ("mgr", "ops", "anl")
ALSO_MARKETING = {"RP-04": (*MANAGEMENT, "mkt")}


@handler("area_reporting_analysis.distribute_pack")
@automatic
def distribute_pack(context: TaskContext[Any]) -> Outcome:
    """Managers, operations and analysts read all of it, marketing the reasons and competitors (catalogue 9)."""
    by = context.actor or context.variables["owner"]
    for number in context.variables["report_numbers"]:
        found = report_runs.get(context.session, number)
        readers = ALSO_MARKETING.get(found.report, MANAGEMENT)
        report_runs.distribute(context.session, found, readers, by=by, at=context.now)
    text = Sentence("The management pack of %(period)s is there.", period=context.variables["period"])
    return Done({}, notices=[Notice(None, group, text) for group in MANAGEMENT])
