"""Customers with contacts, and calls in any state, for scenarios of the flows of 3.3.4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm import call_notes, call_people, contacts, sales_calls
from crm.accounts import Account
from crm.contacts import Contact
from crm.opportunities import Opportunity
from crm.sales_calls import SalesCall
from crm.tables import account
from engine import handovers, instances
from engine.testing import Run
from tests.company import REP, START, Company
from tests.crm import factories

COLLEAGUE, EXPERT = "zhao.lei", "exp.ann"
TOMORROW = START + timedelta(days=1)  # a Thursday, 10:00 in Shanghai
NEXT_WEEK = START + timedelta(days=7)


@dataclass(frozen=True)
class Customer:
    """A customer with one contact, and an opportunity where the test asked for one."""

    account: Account
    contact: Contact
    deal: Opportunity | None

    @property
    def key(self) -> str:
        return f"account:{self.account.number}"

    @property
    def contact_key(self) -> str:
        return f"contact:{self.contact.number}"


def a_customer(
    company: Company, *, title: str = "Buyer", deal: dict[str, Any] | None = None, **fields: Any
) -> Customer:
    with company.database.write() as transaction:
        connection = transaction.connection
        count = len(connection.execute(select(account.c.id)).all())
        customer = factories.an_account(connection, f"Customer {count}", **fields)
        contact = contacts.create(
            connection, customer.id, f"Ms Wu {count}", by=REP, at=START, title=title, phone="+86 21 5555 0100"
        )
        found = factories.an_opportunity(connection, account=customer, **deal) if deal is not None else None
        return Customer(customer, contact, found)


def a_deal(amount: int, stage: str = "complex.proposal", **fields: Any) -> dict[str, Any]:
    """An active opportunity of this amount in a stage."""
    return {"status": "active", "stage": stage, "amount": Decimal(amount), **fields}


def a_call(company: Company, customer: Customer, status: str = "scheduled", **fields: Any) -> SalesCall:
    """A call of the rep tomorrow at the same hour, with the customer's contact; `team` are our other people."""
    team = fields.pop("team", ())
    agenda = fields.pop("agenda", ())
    given: dict[str, Any] = {
        "purpose": "discovery", "channel": "visit", "start_at": TOMORROW, "duration_min": 60,
        "opportunity_id": customer.deal.id if customer.deal else None,
    }  # fmt: skip
    with company.database.write() as transaction:
        connection = transaction.connection
        owner = fields.pop("owner", REP)
        call = sales_calls.create(
            connection, customer.account.id, owner, by=REP, at=START, status=status, **given | fields
        )
        call_people.invite(connection, call, [customer.contact.number], team, by=REP, at=START)
        if agenda:
            call_notes.set_agenda(connection, call, agenda, by=REP, at=START)
        return call


def now(company: Company, number: str) -> SalesCall:
    """The call as it is at present."""
    with company.database.read() as connection:
        return sales_calls.get(connection, number)


def call_of(company: Company, run: Run) -> SalesCall:
    """The call that an instance is about."""
    return now(company, run.row()["business_key"].partition(":")[2])


def handed_over(company: Company, run: Run) -> list[tuple[str, str]]:
    """What an instance handed over: the next process and the record that it is about."""
    with company.database.read() as connection:
        found = handovers.of_instance(connection, run.instance_id)
    return [(row.target_key, row.business_key) for row in found if row.source_instance == run.instance_id]


def started(company: Company, business_key: str, key: str) -> Run:
    """The newest instance of a process about a record."""
    with company.database.read() as connection:
        found = [row for row in instances.for_record(connection, business_key) if row.key == key]
    return Run(company, found[0].id)
