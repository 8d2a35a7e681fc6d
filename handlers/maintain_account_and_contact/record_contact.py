"""Record contact: one of the customer's contacts, or a new one."""

from __future__ import annotations

from typing import Any

from crm import account_matching, accounts, contacts
from crm.accounts import Account
from crm.contacts import Contact
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import customers
from handlers.shared.outcomes import completion

FIELDS = ("name", "title", "department", "phone", "email", "buying_role", "consent")


@handler("maintain_account_and_contact.record_contact")
@completion
def record_contact(context: TaskContext[Any]) -> Outcome:
    """Somebody with the same phone or e-mail is the same person and is brought up to date."""
    customer = accounts.get(context.session, customers.number_of(context.variables["account_id"]))
    chosen = context.form.get("contact")
    person = contacts.get(context.session, customers.number_of(chosen)) if chosen else _recorded(context, customer)
    return Done({"contact_id": f"contact:{person.number}"})


def _recorded(context: TaskContext[Any], customer: Account) -> Contact:
    fields: dict[str, Any] = {name: context.form.get(name) for name in FIELDS if context.form.get(name) is not None}
    by, at = customers.doer(context, customer), context.now
    said = [str(fields[way]) for way in ("email", "phone") if fields.get(way)]
    for one in said:
        there = account_matching.same_contact(context.session, customer.id, one)
        if there is not None:
            return contacts.change(context.session, there, fields, by=by, at=at)
    return contacts.create(context.session, customer.id, fields.pop("name"), by=by, at=at, **fields)
