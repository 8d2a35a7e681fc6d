"""Account profiles: one draft at a time, published as versions that never change and hold for half a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from crm import records
from crm.tables import account, account_profile

VALID_FOR = timedelta(days=180)
HUNDRED = 100
# What a complete profile tells; `contacts` are relationships, which are rows of their own.
CONTACTS = "contacts"
EXPECTED = (
    "business_summary",
    "initiatives",
    "buying_centres",
    "trends",
    "competitors",
    CONTACTS,
    "share_of_wallet_pct",
    "installed_products",
    "satisfaction",
    "white_space",
)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class AccountProfile:
    """One version; a draft has no `published_at`. `satisfaction` and `relationship_strength` are 1 to 5."""

    id: int
    account_id: int
    version: int
    business_summary: str | None
    initiatives: Rows | None
    buying_centres: Rows | None
    size: str | None
    ownership: str | None
    locations: str | None
    fiscal_year_end: str | None
    trends: str | None
    competitors: Rows | None
    news: str | None
    share_of_wallet_pct: Decimal | None
    installed_products: Rows | None
    satisfaction: int | None
    issues: str | None
    white_space: Rows | None
    history: Mapping[str, Any] | None
    relationship_strength: int | None
    completeness_pct: Decimal | None
    missing: list[str] | None
    published_at: datetime | None
    valid_until: date | None
    row_version: int


# What a new draft takes over from the version in force: everything but what makes a version.
KEPT = tuple(
    name
    for name in AccountProfile.__dataclass_fields__
    if name not in ("id", "account_id", "version", "published_at", "valid_until", "row_version")
)


def published(connection: Connection, account_id: int) -> AccountProfile | None:
    """The newest published version, or None."""
    return _newest(connection, account_id, account_profile.c.published_at.is_not(None))


def valid(connection: Connection, account_id: int, on: date) -> AccountProfile | None:
    """The published version if it still holds on a day, or None."""
    found = published(connection, account_id)
    return found if found and found.valid_until is not None and found.valid_until >= on else None


def draft(connection: Connection, account_id: int, *, by: str, at: datetime) -> AccountProfile:
    """The draft being worked on; a new one begins with what the published version says."""
    there = _newest(connection, account_id, account_profile.c.published_at.is_(None))
    if there is not None:
        return there
    before = published(connection, account_id)
    values: dict[str, Any] = {"account_id": account_id, "version": _next_version(connection, account_id)}
    if before is not None:
        values |= {name: getattr(before, name) for name in KEPT}
    records.insert(connection, account_profile, values, by=by, at=at)
    return draft(connection, account_id, by=by, at=at)


def change(
    connection: Connection, current: AccountProfile, changes: Mapping[str, Any], *, by: str, at: datetime
) -> AccountProfile:
    """Changes a draft as it was seen; raises `VersionConflict`."""
    record = f"profile version {current.version}"
    version = records.update(
        connection, account_profile, current.id, current.row_version, changes, by=by, at=at, record=record
    )
    return replace(current, **changes, row_version=version)


def publish(connection: Connection, current: AccountProfile, *, today: date, by: str, at: datetime) -> AccountProfile:
    """Makes a draft the version in force, for 180 days from today."""
    changes = {"published_at": at, "valid_until": today + VALID_FOR}
    return change(connection, current, changes, by=by, at=at)


def publish_at_once(connection: Connection, account_id: int, *, by: str, at: datetime, **fields: Any) -> int:
    """Adds the next version of an account's profile as published, without a draft, and gives its number."""
    version = _next_version(connection, account_id)
    values = {"account_id": account_id, "version": version, "published_at": at}
    records.insert(connection, account_profile, values | fields, by=by, at=at)
    return version


def missing(profile: AccountProfile, contacts: int) -> list[str]:
    """Which of the expected parts are empty; `contacts` is how many relationships are mapped."""
    return [name for name in EXPECTED if not (contacts if name == CONTACTS else _filled(getattr(profile, name)))]


def completeness_pct(lacking: list[str]) -> int:
    """The share of the expected parts that are there, in percent."""
    return (len(EXPECTED) - len(lacking)) * HUNDRED // len(EXPECTED)


def outdated(connection: Connection, on: date) -> tuple[str, ...]:
    """The numbers of the accounts whose published profile no longer holds on a day, oldest first."""
    at = account_profile.c
    newest = select(at.account_id, func.max(at.version).label("version")).where(at.published_at.is_not(None))
    latest = newest.group_by(at.account_id).subquery()
    same = (at.account_id == latest.c.account_id) & (at.version == latest.c.version)
    query = select(account.c.number).join(account_profile, at.account_id == account.c.id).join(latest, same)
    return tuple(connection.execute(query.where(at.valid_until < on).order_by(at.valid_until, at.id)).scalars())


def _next_version(connection: Connection, account_id: int) -> int:
    query = select(func.max(account_profile.c.version)).where(account_profile.c.account_id == account_id)
    return (connection.execute(query).scalar() or 0) + 1


def _newest(connection: Connection, account_id: int, condition: ColumnElement[bool]) -> AccountProfile | None:
    at = account_profile.c
    query = select(*records.columns(account_profile, AccountProfile)).where(at.account_id == account_id, condition)
    found = records.every(connection, AccountProfile, query.order_by(at.version.desc()).limit(1))
    return found[0] if found else None


def _filled(value: Any) -> bool:
    return value is not None and value != "" and value != []
