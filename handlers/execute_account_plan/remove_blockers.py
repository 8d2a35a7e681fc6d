"""Remove blockers: what the manager decides about a red plan, and the support for it."""

from __future__ import annotations

from typing import Any

from crm.rows import stored
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.planning import plan_of, write


@handler("execute_account_plan.remove_blockers")
@completion
def remove_blockers(context: TaskContext[Any]) -> Outcome:
    """Keeps the support in the plan, and tells its owner the decision."""
    plan = plan_of(context)
    write(context, plan, support=stored(context.form.get("support") or []))
    note = context.form["decision_note"]
    told = Sentence("About the red plan %(number)s your manager decided: %(note)s", number=plan.number, note=note)
    return Done({}, notices=[Notice(plan.owner, None, told)])
