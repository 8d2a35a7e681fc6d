"""Consolidate list: the final proposal."""

from __future__ import annotations

from typing import Any

from crm import accounts, targeting
from crm.targeting import Round
from engine.contract import Done, Outcome, Refuse, TaskContext, handler
from handlers.shared.customers import number_of
from handlers.shared.outcomes import completion
from handlers.shared.plan_forms import repeated
from handlers.shared.rounds import actor_of, round_of

ROWS = "proposal"


@handler("identify_target_accounts.consolidate_list")
@completion
def consolidate_list(context: TaskContext[Any]) -> Outcome:
    """Marks what is proposed, and no other candidate; each account stands once."""
    current, rows = round_of(context), context.form[ROWS]
    if errors := repeated(ROWS, "account", [row["account"] for row in rows]):
        return Refuse(errors)
    wanted = {number_of(row["account"]): row for row in rows}
    _unmark(context, current, set(wanted))
    by, choices = actor_of(context, current), []
    for number, row in wanted.items():
        customer = accounts.get(context.session, number)
        values = {"chosen": True, "tier": row["tier"], "owner": row["owner"]}
        targeting.put_candidate(context.session, current, customer.id, values, by=by, at=context.now)
        choices.append({"value": number, "label": f"{number} {customer.name}"})
    return Done({"proposal_choices": choices})


def _unmark(context: TaskContext[Any], current: Round, wanted: set[str]) -> None:
    for one in targeting.candidates(context.session, current.id):
        if one.chosen and one.account_number not in wanted:
            off = {"chosen": False}
            targeting.change(context.session, one, off, by=actor_of(context, current), at=context.now)
