"""Assign owner: the account's owner, else a rep of its territory by turns; else a manager says."""

from __future__ import annotations

from typing import Any

from crm import accounts, assignment, contacts, opportunities, users
from crm.opportunities import Opportunity
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import customers, subject
from handlers.shared.outcomes import automatic


@handler("pre_qualify_opportunity.assign_owner")
@automatic
def assign_owner(context: TaskContext[Any]) -> Outcome:
    """Also takes over the contact that was recorded meanwhile; the new owner hears of it."""
    deal = _with_contact(context, subject.opportunity_of(context))
    by = subject.actor(context, deal)
    customer = accounts.by_id(context.session, deal.account_id)
    owner = assignment.owner_for(context.session, customer)
    if owner is None:
        manager = users.get(context.session, deal.owner).manager
        return Done({**subject.naming(deal, customer), "owner_assigned": False, "manager": manager})
    notices = []
    if owner != deal.owner:
        deal = opportunities.reassign(context.session, deal, owner, by=by, at=context.now)
        text = Sentence("The opportunity %(number)s %(name)s is yours.", number=deal.number, name=deal.name)
        notices = [Notice(owner, None, text)]
    return Done({**subject.naming(deal, customer), "owner_assigned": True}, notices=notices)


def _with_contact(context: TaskContext[Any], deal: Opportunity) -> Opportunity:
    recorded = context.variables.get("contact_id")
    if not recorded:
        return deal
    person = contacts.get(context.session, customers.number_of(recorded))
    changes = {"primary_contact_id": person.id}
    by = subject.actor(context, deal)
    return opportunities.change(context.session, deal, changes, by=by, at=context.now)
