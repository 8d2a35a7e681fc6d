"""Tell the manager: thirty days after its start the plan is not approved yet."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared.customers import customer_of
from handlers.shared.outcomes import automatic


@handler("develop_account_plan.notify_manager")
@automatic
def notify_manager(context: TaskContext[Any]) -> Outcome:
    """Goes to the owner's manager; without one, to operations."""
    customer = customer_of(context)
    manager = users.get(context.session, customer.owner).manager
    text = Sentence(
        "The plan for %(number)s %(name)s was begun thirty days ago and is not approved yet.",
        number=customer.number,
        name=customer.name,
    )
    return Done({}, notices=[Notice(manager, None if manager else "ops", text)])
