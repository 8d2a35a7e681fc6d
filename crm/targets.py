"""Sales targets of people and org units, by period."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from crm import periods, records
from crm.tables import sales_target


def set_target(
    connection: Connection,
    owner: str,
    period: str,
    target: Decimal,
    *,
    measure: str = "won_amount",
    by: str,
    at: datetime,
) -> None:
    """Sets a person's target for a period (2026, 2026-Q3, 2026-09) in base currency; raises `InvalidValue`."""
    periods.days(period)
    column = sales_target.c
    key = {"owner": owner, "period": period, "measure": measure}
    same = (column.owner == owner, column.period == period, column.measure == measure)
    row = connection.execute(select(column.id, column.row_version).where(*same)).one_or_none()
    if row is None:
        records.insert(connection, sales_target, {**key, "target": target}, by=by, at=at)
        return
    record = f"target of {owner} for {period}"
    changes = {"target": target}
    records.update(connection, sales_target, row.id, row.row_version, changes, by=by, at=at, record=record)
