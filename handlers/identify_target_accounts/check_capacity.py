"""Check coverage capacity: who would have more key accounts than the round allows."""

from __future__ import annotations

from typing import Any

from crm import targeting
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import automatic
from handlers.shared.rounds import round_of


@handler("identify_target_accounts.check_capacity")
@automatic
def check_capacity(context: TaskContext[Any]) -> Outcome:
    """Sets over_capacity: rows of owner, count and limit; empty when everybody can cover the own list."""
    limit = round_of(context).max_key_accounts_per_rep
    return Done({"over_capacity": targeting.over_capacity(context.variables["proposal"], limit)})
