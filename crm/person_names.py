"""What people are called, for sentences."""

from __future__ import annotations

from sqlalchemy import Connection, select

from crm.tables import users
from crm.titles import Names, named


def names(connection: Connection, *logins: str) -> Names:
    """What people are called by language, one after the other; an unknown login names itself."""
    query = select(users.c.login, users.c.name, users.c.name_zh).where(users.c.login.in_(logins))
    found = tuple((login, name, name_zh) for login, name, name_zh in connection.execute(query))
    return named(found, *logins)
