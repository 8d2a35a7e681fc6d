"""Assign owner, team and sponsor: who works each target account."""

from __future__ import annotations

from typing import Any

from crm import targeting
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.customers import number_of
from handlers.shared.outcomes import completion
from handlers.shared.rounds import actor_of, candidate_of, round_of


@handler("identify_target_accounts.assign_teams")
@completion
def assign_teams(context: TaskContext[Any]) -> Outcome:
    """Keeps the names with the candidates; the accounts follow when the targets are recorded."""
    current = round_of(context)
    for row in context.form.get("assignments") or []:
        candidate = candidate_of(context, current, number_of(row["account"]))
        if candidate is not None:
            values = {
                "owner": row["owner"],
                "team": [who for who in row.get("team") or [] if who != row["owner"]],
                "executive_sponsor": row.get("executive_sponsor"),
            }
            targeting.change(context.session, candidate, values, by=actor_of(context, current), at=context.now)
    return Done({})
