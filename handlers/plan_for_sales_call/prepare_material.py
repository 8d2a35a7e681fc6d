"""Prepare material and expert input: what somebody brings along."""

from __future__ import annotations

from typing import Any

from crm import sales_calls
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import calls
from handlers.shared.outcomes import completion


@handler("plan_for_sales_call.prepare_material")
@completion
def prepare_material(context: TaskContext[Any]) -> Outcome:
    """Adds the material to those of the call, in place of what the same person brought before."""
    call, by = calls.call_of(context), context.actor or context.variables["expert"]
    kept = [one for one in call.documents if one["by"] != by]
    files, note = context.form.get("material") or [], context.form.get("note")
    names = ", ".join(file["name"] for file in files)
    added = [{"material": names, "files": files, "note": note, "by": by}] if files or note else []
    sales_calls.change(context.session, call, {"documents": kept + added}, by=by, at=context.now)
    return Done({})
