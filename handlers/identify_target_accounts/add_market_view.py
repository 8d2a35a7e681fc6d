"""Market view: what marketing knows of the candidates."""

from __future__ import annotations

from typing import Any

from crm import targeting
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared.customers import number_of
from handlers.shared.outcomes import completion
from handlers.shared.rounds import actor_of, candidate_of, round_of


@handler("identify_target_accounts.add_market_view")
@completion
def add_market_view(context: TaskContext[Any]) -> Outcome:
    """Only candidates can be commented on."""
    current, errors = round_of(context), {}
    for index, row in enumerate(context.form.get("comments") or []):
        candidate = candidate_of(context, current, number_of(row["account"]))
        if candidate is None:
            errors[f"comments.{index}.account"] = Sentence("Expected one of the candidates of this round.")
            continue
        said = {"comment": row["comment"], "campaign_fit": row.get("campaign_fit")}
        opinions = {"opinions": [*candidate.opinions, said]}
        targeting.change(context.session, candidate, opinions, by=actor_of(context, current), at=context.now)
    return Refuse(errors) if errors else Done({})
