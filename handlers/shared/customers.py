"""Accounts as the subject of account planning: finding one, naming it, and what people refer to in their forms."""

from __future__ import annotations

from typing import Any

from crm import account_plans, accounts
from crm.accounts import Account
from engine.contract import TaskContext
from handlers.shared import subject

ACCOUNT_PLAN = "account_plan"


def customer_of(context: TaskContext[Any]) -> Account:
    """The account a process is about, or the one of its account plan or opportunity; raises `RecordNotFound`."""
    kind, number = subject.kind_and_number(context)
    if kind == ACCOUNT_PLAN:
        return accounts.by_id(context.session, account_plans.get(context.session, number).account_id)
    return subject.account_of(context)


def naming(customer: Account) -> dict[str, Any]:
    """The variables by which people recognise an account in lists and forms."""
    return {
        "owner": customer.owner,
        "account_number": customer.number,
        "account_name": customer.name,
        "customer": customer.name,
    }


def doer(context: TaskContext[Any], customer: Account) -> str:
    """Who did it: the person whose command runs, else (a timer, a retry) the account's owner."""
    return context.actor or customer.owner


def number_of(reference: object) -> str:
    """The number in what somebody chose from a list of records: CON-0007 of `contact:CON-0007`."""
    return str(reference or "").rpartition(":")[2]
