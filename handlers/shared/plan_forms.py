"""What the forms of an account plan begin with, and what they write to objectives, ideas and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm import opportunity_ideas, plan_actions, plan_objectives
from crm.account_plans import AccountPlan
from engine.contract import Sentence, TaskContext
from handlers.shared.planning import planner

COLUMNS = (
    "drivers",
    "initiatives",
    "customer_csf",
    "swot",
    "relationship_goals",
    "competitor_positions",
    "strategies",
    "resources",
    "budget",
    "sponsor_confirmed",
)


def begun(context: TaskContext[Any], plan: AccountPlan) -> dict[str, Any]:
    """The variables that the forms show at first: what the plan says so far."""
    session = context.session
    found = {name: getattr(plan, name) for name in COLUMNS}
    found["objectives"] = objective_rows(context, plan)
    found["ideas"] = [
        {
            "unit": one.unit,
            "product": one.product,
            "est_value": one.est_value,
            "timing": one.timing,
            "create_opportunity": one.create_opportunity,
        }
        for one in opportunity_ideas.of_plan(session, plan.id)
    ]
    found["actions"] = action_rows(context, plan)
    return found


def objective_rows(context: TaskContext[Any], plan: AccountPlan) -> list[dict[str, Any]]:
    """The objectives as rows of the form."""
    names = ("type", "measure", "baseline", "target", "due", "owner")
    found = plan_objectives.of_plan(context.session, plan.id)
    return [{name: getattr(one, name) for name in names} for one in found]


def action_rows(context: TaskContext[Any], plan: AccountPlan) -> list[dict[str, Any]]:
    """The unfinished actions as rows of the form."""
    kind, unfinished = plan_actions.ACCOUNT_PLAN, plan_actions.UNFINISHED
    return [
        {"action": one.text, "type": one.type, "objective": one.objective, "owner": one.owner, "due": one.due}
        for one in plan_actions.of_plan(context.session, kind, plan.id, unfinished)
    ]


def write_actions(context: TaskContext[Any], plan: AccountPlan, rows: Sequence[Mapping[str, Any]]) -> None:
    """Makes the rows of a form the plan's unfinished actions."""
    named = [{**row, "text": row["action"]} for row in rows]
    kind, by = plan_actions.ACCOUNT_PLAN, planner(context, plan)
    plan_actions.set_planned(context.session, kind, plan.id, named, by=by, at=context.now)


def repeated(field: str, column: str, keys: Sequence[object]) -> dict[str, Sentence]:
    """A sentence for each row that says the same as an earlier one."""
    text = "Expected each of them once, but this row repeats an earlier one."
    return {f"{field}.{at}.{column}": Sentence(text) for at, key in enumerate(keys) if key in keys[:at]}
