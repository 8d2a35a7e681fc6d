"""2 Change owner via team: somebody else goes on, and the old owner stays in the team to read."""

from __future__ import annotations

from typing import Any

from crm import opportunities, sales_teams, users
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import lifecycle, subject
from handlers.shared.outcomes import completion


@handler("opportunity_lifecycle_u8.change_owner_via_team")
@completion
def change_owner_via_team(context: TaskContext[Any]) -> Outcome:
    """The history keeps the reason; the new owner and the manager hear of it."""
    deal, owner = subject.opportunity_of(context), context.form["new_owner"]
    if owner == deal.owner:
        return Refuse({"new_owner": Sentence("Expected somebody else than the present owner.")})
    by, at, reason = subject.actor(context, deal), context.now, context.form["reason"]
    changed = sales_teams.hand_on(context.session, deal, owner, by=by, at=at)
    opportunities.write_history(context.session, deal, changed, by=by, at=at, reason=reason)
    values = {"number": deal.number, "name": deal.name, "reason": reason}
    mine = Sentence("The opportunity %(number)s %(name)s is yours. Reason: %(reason)s", **values)
    new = users.get(context.session, owner)
    text = Sentence("%(owner)s took over %(number)s %(name)s. Reason: %(reason)s", owner=new.names, **values)
    told = [Notice(manager, None, text) for manager in [new.manager] if manager]
    variables = {**lifecycle.known(context, changed), "owner_change_needed": False}
    return Done(variables, notices=[Notice(owner, None, mine), *told])
