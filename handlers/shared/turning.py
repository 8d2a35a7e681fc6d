"""A process finds or makes the customer that it is about from then on."""

from __future__ import annotations

from typing import Any

from crm import accounts, verification
from crm.accounts import Account
from engine.contract import Done, TaskContext
from handlers.shared import customers, subject


def turn_to_account(context: TaskContext[Any], customer: Account, more: dict[str, Any]) -> Done:
    """From here on the process is about this customer, unless it was called by one about another kind of record."""
    key = f"{subject.ACCOUNT}:{customer.number}"
    kind, _ = subject.kind_and_number(context)
    turned = key if kind in (subject.ACCOUNT, subject.USER) else None
    return Done({**customers.naming(customer), "account_id": key, **more}, business_key=turned)


def shell_of(context: TaskContext[Any]) -> Account | None:
    """The customer of the process as long as nothing but the name of it is known, else None."""
    number = context.variables.get("account_number")
    found = accounts.get(context.session, number) if number else None
    return found if found is not None and verification.is_shell(found) else None
