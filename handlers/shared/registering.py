"""Registering an opportunity: what its form says, checked against the records, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import accounts, contacts
from crm.contacts import Contact
from engine.contract import Sentence, TaskContext
from handlers.shared import customers, subject

# How the forms of pre-qualification call a source, and how the records do.
SOURCES: Mapping[str, str] = {"call": "sales_call", "customer": "existing_customer"}


def contact_of(context: TaskContext[Any]) -> Contact | None:
    """The contact that was chosen, if any; raises `RecordNotFound`."""
    chosen = context.form.get("contact")
    return contacts.get(context.session, customers.number_of(chosen)) if chosen else None


def misfits(context: TaskContext[Any], person: Contact | None) -> dict[str, Sentence]:
    """What does not fit, by field: a close date in the past, a contact of somebody else."""
    errors = {}
    today, close = subject.today(context, subject.doer(context)), context.form["est_close_date"]
    if close < today:
        text = "Expected a day from %(first)s on, but got %(value)s."
        errors["est_close_date"] = Sentence(text, first=today, value=close)
    chosen = context.form.get("account")
    account_id = accounts.get(context.session, customers.number_of(chosen)).id if chosen else None
    if person is not None and person.account_id != account_id:
        errors["contact"] = Sentence("Expected a contact of this customer, but %(name)s is not.", name=person.name)
    return errors
