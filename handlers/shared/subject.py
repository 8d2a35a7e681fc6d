"""Which record an instance is about, and the variables that every process about it starts from."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crm import accounts, opportunities
from crm.accounts import Account
from crm.errors import RecordNotFound
from crm.opportunities import Opportunity
from crm.people import Directory
from crm.titles import both
from engine.contract import TaskContext

OPPORTUNITY, ACCOUNT, LEAD, USER = "opportunity", "account", "lead", "user"
NOBODY = "system"
RESUMES_AT = time(9)


def business_record(context: TaskContext[Any]) -> str:
    """The key of the record: the one linked in place of a missing one, else the instance's own."""
    return str(context.variables.get("business_record") or context.business_key)


def kind_and_number(context: TaskContext[Any]) -> tuple[str, str]:
    """The two halves of the record's key; a process started without a record is about `user:<login>`."""
    kind, _, number = business_record(context).partition(":")
    return kind, number


def starter(context: TaskContext[Any]) -> str | None:
    """Who started the process; None for one that nobody started."""
    kind, login = kind_and_number(context)
    return login if kind == USER else context.variables.get("started_by")


def doer(context: TaskContext[Any]) -> str:
    """Who did it where no record says whose work it is: whose command runs, else who started the process."""
    return context.actor or starter(context) or NOBODY


def unknown(context: TaskContext[Any], en: str, zh: str) -> RecordNotFound:
    """The refusal of a business key that names no record of the kind (in both languages) that a step needs."""
    key = business_record(context)
    return RecordNotFound(record=both(f"{en} named {key}", f"编号为 {key} 的{zh}"))


def opportunity_of(context: TaskContext[Any]) -> Opportunity:
    """The opportunity this instance is about; raises `RecordNotFound`."""
    kind, number = kind_and_number(context)
    if kind != OPPORTUNITY:
        raise unknown(context, "an opportunity", "商机")
    return opportunities.get(context.session, number)


def account_of(context: TaskContext[Any]) -> Account:
    """The account this instance is about, or the account of its opportunity; raises `RecordNotFound`."""
    kind, number = kind_and_number(context)
    if kind == ACCOUNT:
        return accounts.get(context.session, number)
    return accounts.by_id(context.session, opportunity_of(context).account_id)


def actor(context: TaskContext[Any], deal: Opportunity) -> str:
    """Who did it: the person whose command runs, else (a timer, a retry) the owner."""
    return context.actor or deal.owner


def today(context: TaskContext[Any], owner: str) -> date:
    """The owner's local date."""
    return Directory(context.session).calendar_of(owner).today(context.now)


def resume_moment(context: TaskContext[Any], owner: str, day: date) -> datetime:
    """09:00 of a day in the owner's time zone."""
    return Directory(context.session).calendar_of(owner).at(day, RESUMES_AT)


def naming(deal: Opportunity, customer: Account) -> dict[str, Any]:
    """The variables by which people recognise the record in lists and forms."""
    return {
        "owner": deal.owner,
        "opportunity_number": deal.number,
        "opportunity_name": deal.name,
        "account_number": customer.number,
        "account_name": customer.name,
        "customer": customer.name,
    }


def plain(value: int | Decimal | None) -> int | Decimal | None:
    """A decimal as people write it: 60 instead of 60.00."""
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        return value
    return int(value)
