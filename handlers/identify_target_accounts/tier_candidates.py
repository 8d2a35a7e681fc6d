"""Tier: what table D03 gives a candidate; one whose profile was developed meanwhile is scored again first."""

from __future__ import annotations

from typing import Any

from crm import accounts, targeting
from crm.targeting import Round
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.decisions import ask, decided
from handlers.shared.outcomes import automatic
from handlers.shared.rounds import actor_of, candidate_of, round_of, scored


@handler("identify_target_accounts.tier_candidates", decisions=("account_tier",))
@automatic
def tier_candidates(context: TaskContext[Any]) -> Outcome:
    """Keeps tier and stance with the candidate."""
    current, number = round_of(context), context.variables["entry"]["account"]
    candidate = candidate_of(context, current, number)
    if candidate is None:
        return Done({})
    values: dict[str, Any] = {"tier": decided(context, "tier"), "stance": decided(context, "stance")}
    if number in context.variables["profiles_due"]:
        values = _again(context, current, number)
    targeting.change(context.session, candidate, values, by=actor_of(context, current), at=context.now)
    return Done({})


def _again(context: TaskContext[Any], current: Round, number: str) -> dict[str, Any]:
    found = scored(context, current, accounts.get(context.session, number))
    values = {"attractiveness": found.attractiveness, "position": found.position}
    answer = ask(context, "account_tier", values)
    return {**values, "score": found.score, "tier": answer["tier"], "stance": answer["stance"]}
