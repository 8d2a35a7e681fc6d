"""Check data quality: sound, or mended in the records and worked out anew."""

from __future__ import annotations

from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_account_planning_performance.check_data_quality")
@completion
def check_data_quality(context: TaskContext[Any]) -> Outcome:
    """The issues stay with the run."""
    run, form = run_of(context), context.form
    by, at = context.actor or run.owner, context.now
    changed = measure_runs.change(context.session, run, {"issues": form.get("issues") or []}, by=by, at=at)
    if form["data_ok"] and changed.status == "open":
        measure_runs.move(context.session, changed, "computed", by=by, at=at)
    return Done({})
