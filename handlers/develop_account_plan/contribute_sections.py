"""Contribute expert sections: what one contributor says."""

from __future__ import annotations

from typing import Any

from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, write


@handler("develop_account_plan.contribute_sections")
@completion
def contribute_sections(context: TaskContext[Any]) -> Outcome:
    """Adds the section; what the same contributor wrote before gives way."""
    plan, by = plan_of(context), context.variables["contributor"]
    said = {name: context.form.get(name) for name in ("section", "input", "attachments")}
    others = [row for row in plan.contributions or [] if row["by"] != by]
    write(context, plan, contributions=[*others, {"by": by, **said}])
    return Done({})
