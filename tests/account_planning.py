"""Records that scenarios of account planning begin with."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm import account_plans, account_profiles, accounts, contacts
from crm.account_plans import AccountPlan
from engine import instances
from engine.testing import Run
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


def a_plan(company: Company, account: accounts.Account, **fields: Any) -> AccountPlan:
    """A draft plan of an account for 2026."""
    given: dict[str, Any] = {
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 12, 31),
        "depth": "full",
        "review_cycle": "P3M",
        "vision": "First choice in two plants.",
        "budget": Decimal("20000"),
    }
    with company.database.write() as transaction:
        connection = transaction.connection
        made = account_plans.create(connection, account.id, account.owner, "2026", by=REP, at=START, **given | fields)
        return account_plans.by_id(connection, made)


def plan_now(company: Company, plan: AccountPlan) -> AccountPlan:
    """A plan as it is at present."""
    with company.database.read() as connection:
        return account_plans.by_id(connection, plan.id)


def a_valid_profile(company: Company, account: accounts.Account, **fields: Any) -> None:
    """A published profile that holds for half a year."""
    given: dict[str, Any] = {"relationship_strength": 3, "valid_until": START.date() + timedelta(days=180)}
    with company.database.write() as transaction:
        account_profiles.publish_at_once(transaction.connection, account.id, by=REP, at=START, **given | fields)


def known(contact: str, **values: Any) -> dict[str, Any]:
    """A row of the form of contacts: an economic buyer whom the rep knows well."""
    part = {"buying_role": "economic", "influence": "5", "stance": "supporter", "our_owner": REP, "strength": "4"}
    return {"contact": contact, **part, **values}


def running(company: Company, business_key: str, key: str) -> Run:
    """The newest instance of a process about a record."""
    with company.database.read() as connection:
        found = [row for row in instances.for_record(connection, business_key) if row.key == key]
    return Run(company, found[0].id)
