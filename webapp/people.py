"""What the web app asks the records about a person: may they be here, their name, what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm import org_units, permissions, users
from webapp.tables import Connection


@dataclass(frozen=True)
class Found:
    """An active person: names by language, the language and time zone of their record, their permissions now."""

    names: Mapping[str, str]
    language: str
    zone: str
    permissions: frozenset[str]


def find(connection: Connection, login: str) -> Found | None:
    """The active person with this login, or None."""
    user = users.find(connection, login)
    if user is None or not user.active:
        return None
    names = {"en": user.name, "zh-Hans": user.name_zh}
    return Found(names, user.language, _zone(connection, user), permissions.of_roles(user.roles))


def _zone(connection: Connection, user: users.User) -> str:
    """The person's own time zone, else that of their org unit."""
    if user.time_zone:
        return user.time_zone
    zones = (unit.time_zone for unit in org_units.listing(connection) if unit.id == user.org_unit_id)
    return next(zones, "UTC")


def password_hash(connection: Connection, login: str) -> str | None:
    """The stored hash of an active person's password; None when there is no such person or no password."""
    return users.password_hash(connection, login)
