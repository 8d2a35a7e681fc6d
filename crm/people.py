"""What the engine must know about people: groups, approvers, substitutes, working time.

`Directory` has the shape of the engine's protocol of that name (matched by its methods,
checked where both are joined) for one connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, or_, select

from crm import person_names
from crm.calendars import Calendar
from crm.lines import management_line, reports_of
from crm.tables import calendar_day, org_unit, user_delegation, user_role, users
from crm.titles import named
from crm.users import ROLE_TITLES, ROLES

GROUP = "group:"
GROUPS = frozenset(ROLES)


class Directory:
    """The people of the company as one transaction sees them; `language` chooses the names shown."""

    def __init__(self, connection: Connection, language: str = "en") -> None:
        self._connection = connection
        self._language = language
        self._names: dict[str, str] | None = None
        self._groups: dict[str, tuple[str, ...]] = {}
        self._calendars: dict[int | None, Calendar] = {}

    def exists(self, user: str) -> bool:
        """Whether an active user has this login."""
        query = select(users.c.id).where(users.c.login == user, users.c.active)
        return self._connection.execute(query).first() is not None

    def mail_address(self, user: str) -> tuple[str, str] | None:
        """The address and language of an active user who chose to get notices by mail too; None for others."""
        at = users.c
        query = select(at.email, at.language).where(at.login == user, at.active, at.mail_notices)
        row = self._connection.execute(query).one_or_none()
        return (row.email, row.language) if row is not None and row.email else None

    def display_name(self, user: str) -> str:
        """The name to show for a login; the login itself when unknown."""
        if self._names is None:
            name = users.c.name_zh if self._language.startswith("zh") else users.c.name
            rows = self._connection.execute(select(users.c.login, name))
            self._names = {login: shown for login, shown in rows}
        return self._names.get(user, user)

    def names(self, user: str) -> Mapping[str, str]:
        """The names of a login by language, for a sentence; the login itself when unknown."""
        return person_names.names(self._connection, user)

    def groups_of(self, user: str) -> tuple[str, ...]:
        """The roles of an active user, in alphabetical order; none for anybody else."""
        if user not in self._groups:
            query = (
                select(user_role.c.role)
                .join(users, users.c.login == user_role.c.login)
                .where(user_role.c.login == user, users.c.active)
                .order_by(user_role.c.role)
            )
            self._groups[user] = tuple(self._connection.execute(query).scalars())
        return self._groups[user]

    def group_names(self, group: str) -> Mapping[str, str]:
        """The names of a role by language; the role itself when unknown."""
        return named(ROLE_TITLES, group)

    def known_groups(self) -> frozenset[str]:
        """The roles: every group that somebody may belong to."""
        return GROUPS

    def members_of(self, group: str) -> tuple[str, ...]:
        """The active users with this role, by login."""
        query = (
            select(users.c.login)
            .join(user_role, users.c.login == user_role.c.login)
            .where(user_role.c.role == group, users.c.active)
            .order_by(users.c.login)
        )
        return tuple(self._connection.execute(query).scalars())

    def approvers(self, level: int, requester: str) -> tuple[str, ...]:
        """Active managers of `level` above the requester, nearest first; empty when the line has none.

        Who stands outside any line and does not sell (operations, say) has every active manager of that level.
        """
        if self._outside_any_line(requester):
            return self._managers_of(level)
        line = management_line(requester)
        query = (
            select(line.c.login)
            .join(users, users.c.login == line.c.login)
            .where(users.c.level == level, users.c.active, line.c.login != requester)
            .order_by(line.c.distance, line.c.login)
        )
        return tuple(dict.fromkeys(self._connection.execute(query).scalars()))

    def _outside_any_line(self, user: str) -> bool:
        at = users.c
        sells = select(user_role.c.login).where(user_role.c.login == user, user_role.c.role == "rep").exists()
        query = select(at.login).where(at.login == user, at.manager.is_(None), at.level.is_(None), ~sells)
        return self._connection.execute(query).first() is not None

    def _managers_of(self, level: int) -> tuple[str, ...]:
        query = select(users.c.login).where(users.c.level == level, users.c.active).order_by(users.c.login)
        return tuple(self._connection.execute(query).scalars())

    def substitutes(self, user: str, on: date, process: str) -> tuple[str, ...]:
        """The active users who act for `user` on that day in that process, by login."""
        at = user_delegation.c
        query = select(at.to_user).join(users, users.c.login == at.to_user)
        query = query.where(at.from_user == user, users.c.active, *_in_force(on, process))
        return _distinct(self._connection.execute(query.order_by(at.to_user)).scalars())

    def stands_in_for(self, user: str, on: date, process: str) -> tuple[str, ...]:
        """Whom `user` acts for on that day in that process, by login."""
        at = user_delegation.c
        query = select(at.from_user).where(at.to_user == user, *_in_force(on, process))
        return _distinct(self._connection.execute(query.order_by(at.from_user)).scalars())

    def reports_of(self, manager: str) -> tuple[str, ...]:
        """The active users below a manager, however far, by login; the manager not included."""
        below = reports_of(manager)
        query = select(users.c.login).join(below, below.c.login == users.c.login)
        query = query.where(users.c.active, users.c.login != manager)
        return _distinct(self._connection.execute(query.order_by(users.c.login)).scalars())

    def due_after(self, party: str, start: datetime, hours: Decimal) -> datetime:
        """The moment `hours` working hours after `start` in the calendar of a user or of `group:<name>`."""
        return self.calendar_of(party).due_after(start, hours)

    def calendar_of(self, party: str) -> Calendar:
        """The working calendar of a user; a group, and a user without a unit, keep the company's."""
        if party.startswith(GROUP):
            return self._calendar(None, None)
        query = select(users.c.org_unit_id, users.c.time_zone).where(users.c.login == party)
        row = self._connection.execute(query).one_or_none()
        return self._calendar(row.org_unit_id, row.time_zone) if row else self._calendar(None, None)

    def _calendar(self, unit: int | None, zone: str | None) -> Calendar:
        if unit not in self._calendars:
            self._calendars[unit] = self._load_calendar(unit)
        calendar = self._calendars[unit]
        return Calendar(ZoneInfo(zone), calendar.exceptions) if zone else calendar

    def _load_calendar(self, unit: int | None) -> Calendar:
        at = org_unit.c
        rows = self._connection.execute(select(at.id, at.parent_id, at.time_zone).order_by(at.id)).all()
        parents = {row.id: row.parent_id for row in rows}
        zones = {row.id: row.time_zone for row in rows}
        top = next((one for one, above in parents.items() if above is None), None)
        start = unit if unit in parents else top
        chain = _chain(start, parents)
        zone = zones[chain[0]] if chain else "UTC"
        return Calendar(ZoneInfo(zone), self._exceptions(chain))

    def _exceptions(self, chain: list[int]) -> dict[date, bool]:
        at = calendar_day.c
        query = select(at.org_unit_id, at.day, at.working).where(
            or_(at.org_unit_id.is_(None), at.org_unit_id.in_(chain))
        )
        rows = self._connection.execute(query).all()
        rows = sorted(rows, key=lambda row: _nearness(row.org_unit_id, chain))
        return {row.day: row.working for row in rows}  # the nearest unit comes last and wins


def _chain(start: int | None, parents: dict[int, int | None]) -> list[int]:
    chain: list[int] = []
    while start is not None and start not in chain:
        chain.append(start)
        start = parents.get(start)
    return chain


def _nearness(unit: int | None, chain: list[int]) -> int:
    return -chain.index(unit) if unit is not None else -len(chain) - 1


def _in_force(on: date, process: str) -> list[ColumnElement[bool]]:
    at = user_delegation.c
    return [at.start_on <= on, at.end_on >= on, or_(at.process.is_(None), at.process == process)]


def _distinct(logins: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(logins))
