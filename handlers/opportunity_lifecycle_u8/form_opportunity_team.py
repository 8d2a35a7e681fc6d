"""2 Form team: a complex sale is worked by several people, one of whom owns it."""

from __future__ import annotations

from typing import Any

from crm import opportunities, sales_teams
from engine.contract import Done, Notice, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import lifecycle, plans, subject
from handlers.shared.outcomes import completion

FIELD = "team"


@handler("opportunity_lifecycle_u8.form_opportunity_team")
@completion
def form_opportunity_team(context: TaskContext[Any]) -> Outcome:
    """Shares add up to 100, and exactly one is the owner; whoever joins hears of it."""
    rows = plans.rows(context, FIELD)
    if objection := lifecycle.team_objection(rows):
        return Refuse({FIELD: objection})
    deal = subject.opportunity_of(context)
    by, before = subject.actor(context, deal), {one.login for one in sales_teams.seats(context.session, deal)}
    deal = sales_teams.seat(context.session, deal, lifecycle.seats(rows), by=by, at=context.now)
    changes = {"complexity": context.form.get("complexity") or deal.complexity}
    deal = opportunities.change(context.session, deal, changes, by=by, at=context.now)
    text = Sentence("You are in the team of %(number)s %(name)s.", number=deal.number, name=deal.name)
    notices = [Notice(row["user"], None, text) for row in rows if row["user"] not in before]
    return Done(lifecycle.known(context, deal), notices=notices)
