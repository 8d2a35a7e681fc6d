"""Lists of opportunities: filtered, ordered, in pages, within what the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from crm import org_units, records
from crm.tables import account, opportunity, sales_stage, users


@dataclass(frozen=True)
class OpportunityRow:
    """One line of a list; money in base currency, probability in percent."""

    number: str
    name: str
    account_number: str
    account_name: str
    owner: str
    owner_name: str
    owner_name_zh: str
    status: str
    stage: str | None
    stage_name: str | None
    stage_name_zh: str | None
    amount_base: Decimal | None
    win_probability: Decimal | None
    priority: str | None
    priority_score: Decimal | None
    segment: str | None
    expected_close_date: date | None
    resume_date: date | None
    updated_at: datetime


@dataclass(frozen=True)
class OpportunityPage:
    """One page of a list, and how many there are in all."""

    rows: tuple[OpportunityRow, ...]
    total: int


@dataclass(frozen=True)
class Filters:
    """What is looked for; empty means everything. `order` is one of `ORDERS`."""

    text: str = ""
    statuses: tuple[str, ...] = ()
    stage: str | None = None
    owner: str | None = None
    account: str | None = None
    priority: str | None = None
    order: str = "changed"


ORDERS: dict[str, ColumnElement[Any]] = {
    "changed": opportunity.c.updated_at.desc(),
    "close": opportunity.c.expected_close_date.asc().nulls_last(),
    "amount": opportunity.c.amount_base.desc().nulls_last(),
    "score": opportunity.c.priority_score.desc().nulls_last(),
    "number": opportunity.c.number.asc(),
}


def rows_query() -> Select[Any]:
    """The joined query behind `OpportunityRow`, to be narrowed by conditions on `opportunity`."""
    at = opportunity.c
    own = [column for column in at if column.name in OpportunityRow.__dataclass_fields__]
    return (
        select(
            *own,
            account.c.number.label("account_number"),
            account.c.name.label("account_name"),
            users.c.name.label("owner_name"),
            users.c.name_zh.label("owner_name_zh"),
            sales_stage.c.name.label("stage_name"),
            sales_stage.c.name_zh.label("stage_name_zh"),
        )
        .join(account, account.c.id == at.account_id)
        .join(users, users.c.login == at.owner)
        .outerjoin(sales_stage, sales_stage.c.key == at.stage)
    )


def search(
    connection: Connection,
    visible: ColumnElement[bool],
    filters: Filters | None = None,
    *,
    limit: int = 50,
    offset: int = 0,
) -> OpportunityPage:
    """A page of the visible opportunities that fit the filters; two queries whatever the size."""
    filters = filters or Filters()
    wanted = [visible, *_conditions(filters)]
    order = (ORDERS.get(filters.order, ORDERS["changed"]), opportunity.c.id.desc())
    query = rows_query().where(*wanted).order_by(*order).limit(limit).offset(offset)
    counted = select(func.count()).select_from(opportunity)
    counted = counted.join(account, account.c.id == opportunity.c.account_id).where(*wanted)
    total = connection.execute(counted).scalar_one()
    return OpportunityPage(records.every(connection, OpportunityRow, query), total)


def count_by_status(connection: Connection, visible: ColumnElement[bool]) -> Mapping[str, int]:
    """How many of the visible opportunities are in each status; a status without any is left out."""
    query = select(opportunity.c.status, func.count()).where(visible).group_by(opportunity.c.status)
    return {status: int(count) for status, count in connection.execute(query)}


def narrowed(visible: ColumnElement[bool], *, owner: str | None = None, unit: int | None = None) -> ColumnElement[bool]:
    """The part of what is visible that belongs to one owner, or to an org unit and those below it."""
    found = [visible]
    if owner:
        found.append(opportunity.c.owner == owner)
    if unit is not None:
        found.append(opportunity.c.org_unit_id.in_(select(org_units.subtree(unit).c.id)))
    return and_(*found)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    at = opportunity.c
    exact = [
        (at.stage, filters.stage),
        (at.owner, filters.owner),
        (account.c.number, filters.account),
        (at.priority, filters.priority),
    ]
    found = [column == value for column, value in exact if value]
    if filters.statuses:
        found.append(at.status.in_(filters.statuses))
    if text := filters.text.strip():
        columns = (at.number, at.name, account.c.name, account.c.number)
        found.append(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return found
