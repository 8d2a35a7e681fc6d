"""Publish profile version: from now on in force, for 180 days, and unchangeable."""

from __future__ import annotations

from typing import Any

from crm import account_profiles
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import subject
from handlers.shared.customers import customer_of, doer
from handlers.shared.outcomes import automatic
from handlers.shared.profiles import draft_of


@handler("develop_account_profile.publish_profile")
@automatic
def publish_profile(context: TaskContext[Any]) -> Outcome:
    """Tells the account's owner when it was published with gaps."""
    customer = customer_of(context)
    today, by = subject.today(context, customer.owner), doer(context, customer)
    draft = draft_of(context, customer)
    made = account_profiles.publish(context.session, draft, today=today, by=by, at=context.now)
    variables = {"profile_version": made.version, "profile_valid_until": made.valid_until}
    notices = []
    if made.missing:
        text = Sentence(
            "The profile of %(number)s %(name)s was published with gaps (%(count)s).",
            number=customer.number,
            name=customer.name,
            count=len(made.missing),
        )
        notices.append(Notice(customer.owner, None, text))
    return Done(variables, events=["profile.published"], notices=notices)
