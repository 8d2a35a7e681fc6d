"""New customers are verified by operations within a day: right, corrected, or the double of another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from crm import account_merging, accounts, records
from crm.accounts import Account
from crm.errors import CrmError, Settled
from crm.tables import account_verification
from crm.titles import both

VERIFIED_WITHIN = timedelta(days=1)
RESULTS = ("ok", "correct", "merge")
PROVISIONAL, VERIFIED = "provisional", "prospect"


@dataclass(frozen=True)
class Verification:
    """One line of the list; without a result it is open."""

    id: int
    account_id: int
    contact_id: int | None
    due: date
    result: str | None
    row_version: int


def is_shell(customer: Account) -> bool:
    """Whether nothing but the name of a new customer is known: it was made by the way, not recorded."""
    return customer.status == PROVISIONAL and not customer.industry


def queue(
    connection: Connection, customer: Account, contact_id: int | None, today: date, *, by: str, at: datetime
) -> bool:
    """Puts a provisional customer on the list, due tomorrow; False for one that is verified or on it already."""
    if customer.status != PROVISIONAL or waiting(connection, customer.id) is not None:
        return False
    values = {"account_id": customer.id, "contact_id": contact_id, "due": today + VERIFIED_WITHIN}
    records.insert(connection, account_verification, values, by=by, at=at)
    return True


def waiting(connection: Connection, account_id: int) -> Verification | None:
    """The open line of an account, or None."""
    at = account_verification.c
    query = select(*records.columns(account_verification, Verification))
    found = records.every(connection, Verification, query.where(at.account_id == account_id, at.result.is_(None)))
    return found[0] if found else None


def get(connection: Connection, verification_id: int) -> Verification:
    """One line; raises `RecordNotFound`."""
    query = select(*records.columns(account_verification, Verification))
    query = query.where(account_verification.c.id == verification_id)
    return records.one(
        connection, Verification, query, both(f"verification {verification_id}", f"核验记录 {verification_id}")
    )


def settle(
    connection: Connection,
    line: Verification,
    result: str,
    *,
    into: Account | None = None,
    note: str | None = None,
    by: str,
    at: datetime,
) -> None:
    """Ends a line: the customer counts from now on, or is merged into another one.

    Raises `Settled` for a line that has ended, `CrmError` for a merger without a target, `VersionConflict`.
    """
    customer = accounts.by_id(connection, line.account_id)
    if line.result is not None:
        raise Settled(record=customer.number)
    if result == "merge":
        if into is None:
            raise CrmError("Name the customer that this one is merged into.")
        account_merging.merge(connection, customer, into, by=by, at=at)
    elif customer.status == PROVISIONAL:
        accounts.change(connection, customer, {"status": VERIFIED}, by=by, at=at)
    values = {
        "result": result,
        "merged_into_id": into.id if into else None,
        "note": note,
        "verified_by": by,
        "verified_at": at,
    }
    version, number = line.row_version, customer.number
    records.update(connection, account_verification, line.id, version, values, by=by, at=at, record=number)
