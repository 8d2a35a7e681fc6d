"""Nominate and comment: what one rep wishes for the own accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import accounts, targeting
from crm.targeting import Round
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.customers import number_of
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import repeated
from handlers.shared.rounds import actor_of, candidate_of, round_of, scored

ROWS = "nominations"


@handler("identify_target_accounts.nominate")
@completion
def nominate(context: TaskContext[Any]) -> Outcome:
    """Keeps the wishes with the candidates; an account that is added becomes one."""
    current, rows = round_of(context), context.form[ROWS]
    if errors := repeated(ROWS, "account", [row["account"] for row in rows]):
        return Refuse(errors)
    for row in rows:
        _keep(context, current, row)
    return Done({})


def _keep(context: TaskContext[Any], current: Round, row: Mapping[str, Any]) -> None:
    rep, number = context.variables["rep"], number_of(row["account"])
    wish = {"by": rep, "choice": row["choice"], "reason": row.get("reason")}
    by, at = actor_of(context, current), context.now
    candidate = candidate_of(context, current, number)
    if candidate is not None:
        others = [one for one in candidate.nominations if one["by"] != rep]
        targeting.change(context.session, candidate, {"nominations": [*others, wish]}, by=by, at=at)
        return
    customer = accounts.get(context.session, number)
    found = scored(context, current, customer)
    values = {"attractiveness": found.attractiveness, "position": found.position, "score": found.score}
    new = {**values, "nominations": [wish]}
    targeting.put_candidate(context.session, current, customer.id, new, by=by, at=at)
