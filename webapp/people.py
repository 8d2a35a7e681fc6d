"""What the web app asks the records about a person: may they be here, their name, what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm import org_units, permissions, users
from engine import errors
from webapp.tables import Connection

WORKS, DECIDES = "task.work", "approval.decide"
UNABLE: Mapping[str, str] = {
    WORKS: "Expected somebody who works tasks, but %(who)s has no role that does. Choose somebody else.",
    DECIDES: "Expected a manager to decide, but %(who)s is none. Choose somebody else.",
}


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
    return Found(user.names, user.language, _zone(connection, user), permissions.of_roles(user.roles))


def able(connection: Connection, permission: str) -> tuple[users.User, ...]:
    """The active people who hold a permission now, by login."""
    everybody = users.listing(connection, only_active=True)
    return tuple(one for one in everybody if permission in permissions.of_roles(one.roles))


def refuse_unable(connection: Connection, login: str, permission: str) -> None:
    """Raises NotAllowed for an active person without the permission: work given to them would wait for ever."""
    found = find(connection, login)
    if found is not None and permission not in found.permissions:
        raise errors.NotAllowed(UNABLE[permission], who=found.names)


def _zone(connection: Connection, user: users.User) -> str:
    """The person's own time zone, else that of their org unit."""
    if user.time_zone:
        return user.time_zone
    zones = (unit.time_zone for unit in org_units.listing(connection) if unit.id == user.org_unit_id)
    return next(zones, "UTC")


def password_hash(connection: Connection, login: str) -> str | None:
    """The stored hash of an active person's password; None when there is no such person or no password."""
    return users.password_hash(connection, login)
