"""Set objectives and targets: what is to be reached in the period, measured."""

from __future__ import annotations

from typing import Any

from crm import plan_objectives
from crm.account_plans import AccountPlan
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import objective_rows, repeated
from handlers.shared.planning import plan_of, planner

ROWS = "objectives"


@handler("develop_account_plan.set_objectives")
@completion
def set_objectives(context: TaskContext[Any]) -> Outcome:
    """A measure stands once for each kind of objective, and is due within the period."""
    plan, rows = plan_of(context), context.form[ROWS]
    errors = repeated(ROWS, "measure", [(row["type"], row["measure"]) for row in rows]) | _outside(plan, rows)
    if errors:
        return Refuse(errors)
    plan_objectives.set_all(context.session, plan.id, rows, by=planner(context, plan), at=context.now)
    return Done({ROWS: objective_rows(context, plan)})


def _outside(plan: AccountPlan, rows: list[dict[str, Any]]) -> dict[str, Sentence]:
    first, last = plan.period_start, plan.period_end
    if first is None or last is None:
        return {}
    text = "Expected a day within the plan's period, %(first)s to %(last)s."
    return {
        f"{ROWS}.{at}.due": Sentence(text, first=first, last=last)
        for at, row in enumerate(rows)
        if not first <= row["due"] <= last
    }
