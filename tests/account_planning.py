"""Records that scenarios of account planning begin with."""

from typing import Any

from crm import accounts, contacts
from tests.company import REP, START, Company
from tests.crm import factories


def an_account(company: Company, name: str = "Hengli Machinery", **fields: Any) -> accounts.Account:
    """An account of the rep."""
    with company.database.write() as transaction:
        return factories.an_account(transaction.connection, name, **fields)


def a_contact(company: Company, account: accounts.Account, name: str = "Zhou Min") -> str:
    """A contact of an account, as forms refer to it."""
    with company.database.write() as transaction:
        made = contacts.create(transaction.connection, account.id, name, email="z@example.com", by=REP, at=START)
    return f"contact:{made.number}"
