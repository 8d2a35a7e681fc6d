"""Whether a company or a person is there already: by name, tax number, phone or e-mail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select

from crm import records
from crm.accounts import Account, name_key
from crm.contacts import Contact
from crm.tables import account, contact

SHORTEST_PART = 3
"""A name counts as part of a longer one from this length on."""
MOST = 20
PUNCTUATION = " -()+."


def candidates(
    connection: Connection, *, name: str | None = None, tax_id: str | None = None, phone: str | None = None
) -> tuple[Account, ...]:
    """The accounts in use that may be meant: the same tax number or phone, or a name that is or contains the other.

    The surest come first: tax number, same name, same phone, part of the name.
    """
    at = account.c
    key = name_key(name) if name else ""
    wanted: list[ColumnElement[bool]] = []
    if tax_id:
        wanted.append(at.tax_id == tax_id.strip())
    if key:
        wanted.append(at.name_key == key)
    if digits := _plain(phone):
        wanted.append(_digits(at.phone) == digits)
    if len(key) >= SHORTEST_PART:
        longer = literal(key).contains(at.name_key)
        within = and_(func.length(at.name_key) >= SHORTEST_PART, longer)
        wanted.append(or_(at.name_key.contains(key, autoescape=True), within))
    if not wanted:
        return ()
    query = select(*records.columns(account, Account)).where(at.status != "inactive", or_(*wanted))
    ranked = query.order_by(*(case((one, 0), else_=1) for one in wanted), at.name, at.id)
    return records.every(connection, Account, ranked.limit(MOST))


def same_name(connection: Connection, name: str) -> Account | None:
    """The account in use with the same normalised name, the longest known first; None without one."""
    at = account.c
    query = select(*records.columns(account, Account)).where(at.name_key == name_key(name), at.status != "inactive")
    found = records.every(connection, Account, query.order_by(at.id).limit(1))
    return found[0] if found else None


def same_in_region(connection: Connection, name: str, region: str | None) -> tuple[Account, ...]:
    """The accounts in use with the same normalised name in the same region (8.1: what makes two of them one)."""
    at = account.c
    query = select(*records.columns(account, Account)).where(at.name_key == name_key(name), at.status != "inactive")
    found = records.every(connection, Account, query.order_by(at.id))
    wanted = (region or "").strip().casefold()
    return tuple(one for one in found if (one.region or "").strip().casefold() == wanted)


def same_contact(connection: Connection, account_id: int, phone_or_email: str) -> Contact | None:
    """The active contact of an account with this phone or e-mail, or None."""
    at = contact.c
    said = phone_or_email.strip()
    same = [func.lower(at.email) == said.lower()]
    if digits := _plain(said):
        same.append(_digits(at.phone) == digits)
    query = select(*records.columns(contact, Contact)).where(at.account_id == account_id, at.active, or_(*same))
    found = records.every(connection, Contact, query.order_by(at.id).limit(1))
    return found[0] if found else None


def _plain(phone: str | None) -> str:
    bare = (phone or "").translate({ord(mark): None for mark in PUNCTUATION})
    return bare if bare.isdecimal() else ""


def _digits(column: Any) -> ColumnElement[str]:
    for mark in PUNCTUATION:
        column = func.replace(column, mark, "")
    return column  # type: ignore[no-any-return]
