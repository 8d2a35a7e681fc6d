"""Load the choices: by what accounts can be narrowed, and the usual weights."""

from __future__ import annotations

from typing import Any

from crm import account_scoring, targeting
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import loading


@handler("identify_target_accounts.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """The round itself is opened with its parameters."""
    weights = [{"criterion": name, "weight": weight} for name, weight in account_scoring.USUAL_WEIGHTS.items()]
    variables = {
        "owner": subject.starter(context),
        "region_choices": targeting.values_of(context.session, "region"),
        "industry_choices": targeting.values_of(context.session, "industry"),
        "usual_weights": weights,
        "over_capacity": [],
        "manager_comment": None,
        "target_accounts": [],
    }
    return Done(variables)
