"""Register pended item: keep it visible until its date, also in the account plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm import pended
from crm.opportunities import Opportunity
from crm.pended import PendedItem
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import subject
from handlers.shared.decisions import ask, output
from handlers.shared.outcomes import automatic


@handler("manage_pended_opportunity.register_pended", decisions=("defer_default",))
@automatic
def register_pended(context: TaskContext[Any]) -> Outcome:
    """Defers the opportunity unless that was done already, notes it in the account plan, and sets the moment.

    The moment to come back is 09:00 of the resume date where the owner is.
    """
    deal = subject.opportunity_of(context)
    item = _item(context, deal)
    if item.keep_in_account_plan:
        by = subject.actor(context, deal)
        pended.note_in_plan(context.session, deal, item, by=by, at=context.now)
    variables = {
        "resume_date": item.resume_date,
        "resume_at": subject.resume_moment(context, deal.owner, item.resume_date),
        "extension_count": item.extension_count,
    }
    return Done(variables)


def _item(context: TaskContext[Any], deal: Opportunity) -> PendedItem:
    there = pended.waiting(context.session, deal.id)
    if there is not None:
        return there
    given = context.variables
    reason, by = given["defer_reason"], subject.actor(context, deal)
    chosen = given.get("resume_date") or _usual_date(context, deal, reason)
    note, keep = given.get("resume_note"), bool(given.get("keep_in_account_plan"))
    session, at = context.session, context.now
    if deal.status == "pended":
        return pended.register(session, deal, reason, chosen, note=note, keep_in_account_plan=keep, by=by, at=at)
    moved = pended.defer(session, deal, reason, chosen, note=note, keep_in_account_plan=keep, by=by, at=at)
    return pended.get_waiting(session, moved)


def _usual_date(context: TaskContext[Any], deal: Opportunity, reason: str) -> date:
    answer = ask(context, "defer_default", {"defer_reason": reason})
    days = timedelta(days=int(output(answer, "default_days")))
    return subject.today(context, deal.owner) + days
