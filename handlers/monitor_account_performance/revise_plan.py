"""Revise plan: the next version with its objectives, strategies and actions."""

from __future__ import annotations

from typing import Any

from crm import account_plans, plan_objectives
from crm.account_plans import AccountPlan
from crm.rows import stored
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import action_rows, objective_rows, repeated, write_actions
from handlers.shared.planning import plan_of, planner


@handler("monitor_account_performance.revise_plan")
@completion
def revise_plan(context: TaskContext[Any]) -> Outcome:
    """A plan in force becomes its next version; one that was sent back to be reworked is that version already."""
    form = context.form
    if errors := _refused(form):
        return Refuse(errors)
    plan = _version(context, plan_of(context))
    by, at = planner(context, plan), context.now
    changes: dict[str, Any] = {"strategies": stored(form["strategies"])}
    if form.get("vision"):
        changes["vision"] = form["vision"]
    changed = account_plans.change(context.session, plan, changes, by=by, at=at)
    plan_objectives.set_all(context.session, plan.id, form["objectives"], by=by, at=at)
    write_actions(context, changed, form["actions"])
    return Done({"objectives": objective_rows(context, changed), "actions": action_rows(context, changed)})


def _version(context: TaskContext[Any], plan: AccountPlan) -> AccountPlan:
    if plan.status != "active":
        return plan
    by, next_version = planner(context, plan), plan.version + 1
    return account_plans.move(context.session, plan, "revising", by=by, at=context.now, version=next_version)


def _refused(form: Any) -> dict[str, Sentence]:
    errors = repeated("objectives", "measure", [(row["type"], row["measure"]) for row in form["objectives"]])
    errors |= repeated("actions", "action", [row["action"] for row in form["actions"]])
    measures = {row["measure"] for row in form["objectives"]}
    text = "Expected the measure of one of the objectives above, but got %(value)s."
    for at, row in enumerate(form["strategies"]):
        if row["objective"] not in measures:
            errors[f"strategies.{at}.objective"] = Sentence(text, value=row["objective"])
    return errors
