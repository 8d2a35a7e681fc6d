"""Accounts and finding them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from crm import records
from crm.tables import account, account_team_member, users
from crm.titles import both

LEGAL_FORMS = re.compile(
    r"\b(inc|ltd|limited|co|corp|corporation|company|llc|plc|gmbh|ag|sa|srl|bv)\b\.?|(股份)?(有限)?(责任)?公司"
)


@dataclass(frozen=True)
class Account:
    """One customer; `segment` and `tier` by D02 and D03, money in base currency."""

    id: int
    number: str
    name: str
    tax_id: str | None
    status: str
    industry: str | None
    region: str | None
    size: str | None
    address: str | None
    phone: str | None
    website: str | None
    segment: str | None
    tier: str | None
    is_target: bool
    owner: str
    org_unit_id: int | None
    executive_sponsor: str | None
    cadence_days: int | None
    credit_standing: str
    credit_limit: Decimal | None
    credit_checked_on: date | None
    credit_valid_until: date | None
    prior_customer: bool
    revenue_ltm: Decimal | None
    source_system: str | None
    external_id: str | None
    row_version: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True)
class AccountPage:
    """One page of a list, and how many there are in all."""

    rows: tuple[Account, ...]
    total: int


def name_key(name: str) -> str:
    """The form in which names are compared: width, case, punctuation and legal form set aside."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    bare = re.sub(r"[\W_]+", "", LEGAL_FORMS.sub(" ", plain))
    return bare or re.sub(r"\s+", " ", plain).strip()


def create(connection: Connection, name: str, owner: str, *, by: str, at: datetime, **fields: Any) -> Account:
    """Adds an account with the next number; `fields` are further columns of `account`."""
    number = fields.pop("number", None) or records.number(connection, "account")
    unit = connection.execute(select(users.c.org_unit_id).where(users.c.login == owner)).scalar_one_or_none()
    values = {"number": number, "name": name, "name_key": name_key(name), "owner": owner, "org_unit_id": unit}
    records.insert(connection, account, values | fields, by=by, at=at)
    return get(connection, number)


def get(connection: Connection, number: str) -> Account:
    """One account by number (ACC-0007); raises `RecordNotFound`."""
    query = select(*records.columns(account, Account)).where(account.c.number == number)
    return records.one(connection, Account, query, number)


def by_id(connection: Connection, account_id: int) -> Account:
    """One account by its id; raises `RecordNotFound`."""
    query = select(*records.columns(account, Account)).where(account.c.id == account_id)
    return records.one(connection, Account, query, both(f"account {account_id}", f"客户 {account_id}"))


def change(
    connection: Connection,
    current: Account,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    expected_version: int | None = None,
) -> Account:
    """Changes an account as it was seen; raises `VersionConflict` when somebody else was faster."""
    changes = dict(changes)
    if "name" in changes:
        changes["name_key"] = name_key(changes["name"])
    version = expected_version or current.row_version
    records.update(connection, account, current.id, version, changes, by=by, at=at, record=current.number)
    return get(connection, current.number)


def search(
    connection: Connection,
    visible: ColumnElement[bool],
    *,
    text: str = "",
    owner: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> AccountPage:
    """The visible accounts whose number, name, region or industry contains `text`, by name."""
    at = account.c
    wanted = [visible, at.owner == owner if owner else true()]
    if text.strip():
        columns = (at.number, at.name, at.region, at.industry)
        wanted.append(or_(*(column.icontains(text.strip(), autoescape=True) for column in columns)))
    query = select(*records.columns(account, Account)).where(*wanted).order_by(at.name, at.id)
    total = connection.execute(select(func.count()).select_from(account).where(*wanted)).scalar_one()
    return AccountPage(records.every(connection, Account, query.limit(limit).offset(offset)), total)


def targets(connection: Connection) -> tuple[Account, ...]:
    """The target accounts of today, by number."""
    query = select(*records.columns(account, Account)).where(account.c.is_target).order_by(account.c.number)
    return records.every(connection, Account, query)


def add_member(
    connection: Connection,
    account_id: int,
    login: str,
    *,
    valid_from: date,
    access: str = "read",
    by: str,
    at: datetime,
) -> None:
    """Puts somebody into the account team, from a day on; `access` is read or change."""
    values = {"account_id": account_id, "login": login, "valid_from": valid_from, "access": access}
    records.insert(connection, account_team_member, values, by=by, at=at)


def join_team(
    connection: Connection,
    customer: Account,
    logins: Iterable[str],
    *,
    valid_from: date,
    access: str = "read",
    by: str,
    at: datetime,
) -> None:
    """Puts people into the account team from a day on, but for its owner and those who are in it already."""
    member = account_team_member.c
    query = select(member.login).where(member.account_id == customer.id, member.valid_to.is_(None))
    there = {customer.owner, *connection.execute(query).scalars()}
    for login in dict.fromkeys(logins):
        if login not in there:
            add_member(connection, customer.id, login, valid_from=valid_from, access=access, by=by, at=at)
