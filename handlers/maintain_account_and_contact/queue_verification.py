"""Queue verification: operations look at a new customer within a day; nobody waits for them."""

from __future__ import annotations

from typing import Any

from crm import accounts, contacts, verification
from engine.contract import Done, Notice, Outcome, Sentence, TaskContext, handler
from handlers.shared import customers, subject
from handlers.shared.outcomes import automatic


@handler("maintain_account_and_contact.queue_verification")
@automatic
def queue_verification(context: TaskContext[Any]) -> Outcome:
    """A customer that is verified already is not listed again."""
    customer = accounts.get(context.session, customers.number_of(context.variables["account_id"]))
    contact = contacts.get(context.session, customers.number_of(context.variables["contact_id"]))
    today = subject.today(context, customer.owner)
    by = customers.doer(context, customer)
    listed = verification.queue(context.session, customer, contact.id, today, by=by, at=context.now)
    text = Sentence(
        "A new customer is to be verified: %(number)s %(name)s.", number=customer.number, name=customer.name
    )
    return Done({"verification_queued": listed}, notices=[Notice(None, "ops", text)] if listed else [])
