"""Carry open actions over: the next run of the plan takes them up."""

from __future__ import annotations

from typing import Any

from crm import plan_actions
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.planning import plan_of, planner

RUNNING = ("open", "late")


@handler("execute_account_plan.carry_over_actions")
@automatic
def carry_over_actions(context: TaskContext[Any]) -> Outcome:
    """Marks every action that is still open as carried."""
    plan = plan_of(context)
    running = plan_actions.of_plan(context.session, plan_actions.ACCOUNT_PLAN, plan.id, RUNNING)
    for action in running:
        carried = {"status": "carried"}
        plan_actions.change(context.session, action, carried, by=planner(context, plan), at=context.now)
    return Done({"carried_actions": len(running)})
