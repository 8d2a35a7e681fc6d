"""Approve target list: what the regional manager keeps of the proposal."""

from __future__ import annotations

from typing import Any

from crm import targeting
from crm.targeting import Candidate
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared.outcomes import completion
from handlers.shared.rounds import actor_of, round_of


@handler("identify_target_accounts.approve_target_list")
@completion
def approve_target_list(context: TaskContext[Any]) -> Outcome:
    """Approving settles the list; sending it back returns the comment."""
    if context.form["decision"] != "approve":
        return Done({"manager_comment": context.form.get("comment")})
    current = round_of(context)
    by, at, session = actor_of(context, current), context.now, context.session
    removed = set(context.form.get("removed") or [])
    kept = [one for one in targeting.candidates(session, current.id) if one.chosen]
    for one in kept:
        decision = "removed" if one.account_number in removed else "target"
        targeting.change(session, one, {"decision": decision}, by=by, at=at)
    approved = {"status": "approved", "approved_at": at, "approved_by": by}
    targeting.change_round(session, current, approved, by=by, at=at)
    rows = [_row(one) for one in kept if one.account_number not in removed]
    return Done({"approved_targets": rows, "manager_comment": None})


def _row(one: Candidate) -> dict[str, Any]:
    return {"account": f"account:{one.account_number}", "tier": one.tier, "owner": one.owner, "team": []}
