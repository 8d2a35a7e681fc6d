"""What an execution of an account plan works on: its actions as variables, with their managers and due moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from crm import users
from crm.people import Directory
from crm.plan_actions import PlanAction
from engine.contract import TaskContext

OVERDUE_AT = time(9)


def overdue_from(context: TaskContext[Any], owner: str, due: date) -> datetime:
    """09:00 of the day after, where the owner is: from then on an action is overdue."""
    return Directory(context.session).calendar_of(owner).at(due + timedelta(days=1), OVERDUE_AT)


def row_of(context: TaskContext[Any], action: PlanAction) -> dict[str, Any]:
    """An action as the variable of its task."""
    return {
        "id": action.id,
        "text": action.text,
        "type": action.type,
        "objective": action.objective,
        "owner": action.owner,
        "manager": users.get(context.session, action.owner).manager,
        "due": action.due,
        "due_at": overdue_from(context, action.owner, action.due),
        "status": action.status,
    }
