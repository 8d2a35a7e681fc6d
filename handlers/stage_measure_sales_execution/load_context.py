"""Load who measures: both measurings are theirs."""

from __future__ import annotations

from typing import Any

from crm import users
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading


@handler("stage_measure_sales_execution.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """Somebody unknown is a missing record."""
    owner = users.get(context.session, subject.starter(context) or "")
    return Done({"owner": owner.login, "account_run": None, "call_run": None})
