"""Score candidates: attractiveness and position of every account in scope."""

from __future__ import annotations

from typing import Any

from crm import account_profiles, targeting
from crm.accounts import Account
from crm.targeting import Round
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.rounds import actor_of, round_of, scored


@handler("identify_target_accounts.score_candidates")
@automatic
def score_candidates(context: TaskContext[Any]) -> Outcome:
    """Sets candidates (account, name, owner and scores), the reps to be asked, and whose profile is missing or old."""
    current = round_of(context)
    found = (_scored(context, current, one) for one in targeting.eligible(context.session, current.scope))
    rows = [row for row in found if row is not None]
    today = subject.today(context, current.owner)
    due = [row["account"] for row in rows if not account_profiles.valid(context.session, row["id"], today)]
    reps = sorted({row["owner"] for row in rows})
    return Done({"candidates": rows, "profiles_due": due, "reps": reps})


def _scored(context: TaskContext[Any], current: Round, customer: Account) -> dict[str, Any] | None:
    found = scored(context, current, customer)
    if found.score < current.min_score and not customer.is_target:
        return None
    values = {"attractiveness": found.attractiveness, "position": found.position, "score": found.score}
    by = actor_of(context, current)
    targeting.put_candidate(context.session, current, customer.id, values, by=by, at=context.now)
    names = {"id": customer.id, "account": customer.number, "name": customer.name, "owner": customer.owner}
    return {**names, **values}
