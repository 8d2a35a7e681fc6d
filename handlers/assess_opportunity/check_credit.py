"""Credit standing: what operations found out, kept on the customer."""

from __future__ import annotations

from typing import Any

from crm import accounts
from engine.contract import Done, Outcome, Refuse, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.outcomes import completion


@handler("assess_opportunity.check_credit")
@completion
def check_credit(context: TaskContext[Any]) -> Outcome:
    """From now on it holds for 90 days, or until the day given."""
    form, deal = context.form, subject.opportunity_of(context)
    customer = accounts.by_id(context.session, deal.account_id)
    today, until = subject.today(context, deal.owner), form.get("valid_until")
    if until is not None and until < today:
        text = "Expected a day from %(first)s on, but got %(value)s."
        return Refuse({"valid_until": Sentence(text, first=today, value=until)})
    changes = {
        "credit_standing": form["credit_standing"],
        "credit_limit": form.get("credit_limit"),
        "credit_checked_on": today,
        "credit_valid_until": until,
    }
    accounts.change(context.session, customer, changes, by=subject.actor(context, deal), at=context.now)
    return Done({})
