"""Record targets: tier, owner and team of each account, and a draft plan for it."""

from __future__ import annotations

from typing import Any

from crm import target_lists
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic
from handlers.shared.rounds import actor_of, round_of


@handler("identify_target_accounts.record_targets")
@automatic
def record_targets(context: TaskContext[Any]) -> Outcome:
    """Tells each owner, and names the accounts for which plans follow."""
    current = round_of(context)
    by, today = actor_of(context, current), subject.today(context, current.owner)
    targets = target_lists.record(context.session, current, today=today, by=by, at=context.now)
    owners: dict[str, int] = {}
    for one in targets:
        owners[str(one.owner)] = owners.get(str(one.owner), 0) + 1
    text = "You own %(count)s target accounts for %(period)s. A plan is to be developed for each."
    notices = [
        Notice(owner, None, Sentence(text, count=count, period=current.period)) for owner, count in owners.items()
    ]
    return Done({"target_accounts": [one.account_number for one in targets]}, notices=notices)
