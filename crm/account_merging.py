"""Merging an account that was entered twice into the one that stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from crm import accounts, records
from crm.accounts import Account
from crm.errors import CrmError
from crm.tables import account_plan, account_profile, contact, lead, opportunity, sales_call

MOVED = (contact, opportunity, lead, sales_call)
KEPT = (account_profile, account_plan)


def merge(connection: Connection, double: Account, into: Account, *, by: str, at: datetime) -> Account:
    """Gives contacts, opportunities, leads and calls of `double` to `into` and takes `double` out of use.

    Raises `CrmError` when both are the same, or when `double` has a profile or plan of its own; `VersionConflict`.
    """
    if double.id == into.id:
        raise CrmError("Expected another customer to merge %(record)s into.", record=double.number)
    for table in KEPT:
        if connection.execute(select(table.c.id).where(table.c.account_id == double.id)).first():
            raise CrmError("%(record)s has a profile or a plan of its own and cannot be merged.", record=double.number)
    for table in MOVED:
        rows = connection.execute(
            select(table.c.id, table.c.number, table.c.row_version).where(table.c.account_id == double.id)
        )
        for row in rows.all():
            values = {"account_id": into.id}
            records.update(connection, table, row.id, row.row_version, values, by=by, at=at, record=row.number)
    return accounts.change(connection, double, {"status": "inactive"}, by=by, at=at)
