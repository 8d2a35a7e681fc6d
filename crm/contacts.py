"""Contacts: the people at an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.errors import InvalidValue
from crm.tables import contact
from crm.titles import NOTHING, both


@dataclass(frozen=True)
class Contact:
    """One person; `influence` is 1 to 5."""

    id: int
    number: str
    account_id: int
    name: str
    title: str | None
    department: str | None
    phone: str | None
    email: str | None
    buying_role: str | None
    influence: int | None
    stance: str | None
    consent: bool
    active: bool
    row_version: int


def create(connection: Connection, account_id: int, name: str, *, by: str, at: datetime, **fields: Any) -> Contact:
    """Adds a contact with the next number; raises `InvalidValue` without a phone or e-mail."""
    if not (fields.get("phone") or fields.get("email")):
        raise InvalidValue(
            expected=both("a phone number or an e-mail", "电话或电子邮件"), field="phone", record=name, value=NOTHING
        )
    number = records.number(connection, "contact")
    values = {"number": number, "account_id": account_id, "name": name}
    records.insert(connection, contact, values | fields, by=by, at=at)
    query = select(*records.columns(contact, Contact)).where(contact.c.number == number)
    return records.one(connection, Contact, query, number)


def listing(connection: Connection, account_id: int) -> tuple[Contact, ...]:
    """The active contacts of an account, by name."""
    at = contact.c
    query = select(*records.columns(contact, Contact)).where(at.account_id == account_id, at.active)
    return records.every(connection, Contact, query.order_by(at.name, at.id))


def get(connection: Connection, number: str) -> Contact:
    """One contact by number (CON-0007); raises `RecordNotFound`."""
    query = select(*records.columns(contact, Contact)).where(contact.c.number == number)
    return records.one(connection, Contact, query, number)


def by_id(connection: Connection, contact_id: int) -> Contact:
    """One contact by its id; raises `RecordNotFound`."""
    query = select(*records.columns(contact, Contact)).where(contact.c.id == contact_id)
    return records.one(connection, Contact, query, both(f"contact {contact_id}", f"联系人 {contact_id}"))


def change(connection: Connection, current: Contact, changes: Mapping[str, Any], *, by: str, at: datetime) -> Contact:
    """Changes a contact as it was seen; raises `VersionConflict`."""
    number = current.number
    records.update(connection, contact, current.id, current.row_version, changes, by=by, at=at, record=number)
    return get(connection, number)
