"""Load what is known of the customer: a record that is there already, or only a name, a tax number, a phone."""

from __future__ import annotations

from typing import Any

from crm import accounts, contacts
from crm.accounts import Account
from crm.errors import RecordNotFound
from engine.contract import Done, Outcome, TaskContext, handler
from handlers.shared import customers, subject
from handlers.shared.outcomes import loading

NOTHING = {"account_id": None, "contact_id": None, "account": None, "create_new": None, "contact": None}


@handler("maintain_account_and_contact.load_context")
@loading
def load_context(context: TaskContext[Any]) -> Outcome:
    """A customer that is not there is no error here: this process is how it comes to be there."""
    given = context.variables
    said = {name: given.get(name) for name in ("customer_name", "tax_id", "phone", "contact_name", "contact_phone")}
    said["contact_email"] = given.get("contact_email")
    customer = _customer(context)
    if customer is None:
        return Done({**NOTHING, **said, "owner": given.get("owner") or subject.doer(context)})
    known = {"customer_name": customer.name, "tax_id": customer.tax_id, "phone": customer.phone}
    return Done({**NOTHING, **said, **known, **_person(context, customer), **customers.naming(customer)})


def _customer(context: TaskContext[Any]) -> Account | None:
    kind, number = subject.kind_and_number(context)
    if kind != subject.ACCOUNT:
        return None
    try:
        return accounts.get(context.session, number)
    except RecordNotFound:
        return None


def _person(context: TaskContext[Any], customer: Account) -> dict[str, Any]:
    people = contacts.listing(context.session, customer.id)
    if len(people) != 1:
        return {}
    return {"contact_name": people[0].name, "contact_phone": people[0].phone, "contact_email": people[0].email}
