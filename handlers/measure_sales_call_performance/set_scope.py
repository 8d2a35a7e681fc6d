"""Set scope: which period, teams and kinds of call."""

from __future__ import annotations

from typing import Any

from crm import measure_runs
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.measuring import run_of
from handlers.shared.outcomes import completion


@handler("measure_sales_call_performance.set_scope")
@completion
def set_scope(context: TaskContext[Any]) -> Outcome:
    """A period that is none is refused on its field."""
    run, form = run_of(context), context.form
    changes = {name: form.get(name) or [] for name in ("teams", "call_types")} | {"period": form["period"].strip()}
    changed = measure_runs.change(context.session, run, changes, by=context.actor or run.owner, at=context.now)
    return Done({"period": changed.period, "record_name": f"{changed.number} {changed.period}"})
