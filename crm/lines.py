"""The line of management as recursive queries: who stands above somebody, and who below."""

from __future__ import annotations

from sqlalchemy import CTE, String, cast, literal, select

from crm.tables import users

DEEPEST_LINE = 20


def management_line(requester: str) -> CTE:
    """A recursive query (login, distance): the requester's manager, that manager's manager, and so on."""
    first = select(users.c.manager.label("login"), literal(1).label("distance")).where(
        users.c.login == requester, users.c.manager.is_not(None)
    )
    line = first.cte(recursive=True)
    above = (
        select(users.c.manager, line.c.distance + 1)
        .join(line, users.c.login == line.c.login)
        .where(users.c.manager.is_not(None), line.c.distance < DEEPEST_LINE)
    )
    return line.union_all(above)


def reports_of(manager: str) -> CTE:
    """A recursive query (login): everybody below a manager, however far; the manager not included."""
    start = cast(literal(manager), String(80)).label("login")
    line = select(start, literal(0).label("distance")).cte(recursive=True)
    below = (
        select(users.c.login, line.c.distance + 1)
        .join(line, users.c.manager == line.c.login)
        .where(users.c.login != manager, line.c.distance < DEEPEST_LINE)
    )
    return line.union_all(below)
