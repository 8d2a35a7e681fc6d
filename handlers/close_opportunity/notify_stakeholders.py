"""Notify team and account plan: everybody hears how it ended, and a win counts for the plan."""

from __future__ import annotations

from typing import Any

from crm import closing, states, users
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.notify_stakeholders")
@automatic
def notify_stakeholders(context: TaskContext[Any]) -> Outcome:
    """The team, the owner's manager and the owner of the account plan get a notice."""
    deal = subject.opportunity_of(context)
    today = subject.today(context, deal.owner)
    planner = closing.count_for_plan(context.session, deal, today, by=subject.actor(context, deal), at=context.now)
    manager = users.get(context.session, deal.owner).manager
    values = {"number": deal.number, "name": deal.name}
    text = Sentence("%(number)s %(name)s was won.", **values)
    if deal.outcome != "won":
        text = Sentence(
            "The pursuit of %(number)s %(name)s ended: %(outcome)s.",
            **values,
            outcome=states.OPPORTUNITY.named(deal.outcome),
        )
    people = [*context.variables["team_members"], manager, planner]
    return Done({}, notices=[Notice(person, None, text) for person in dict.fromkeys(people) if person])
