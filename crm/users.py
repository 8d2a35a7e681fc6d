"""People who log in: their names, roles, level, manager, unit, experience and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from crm import records
from crm.errors import AlreadyExists, InvalidValue, RecordNotFound
from crm.person_names import names as names  # whoever knows users asks here
from crm.tables import user_role, users
from crm.titles import Choices, Names, both

ROLE_TITLES: Choices = (
    ("rep", "Sales representatives", "销售代表"),
    ("mgr", "Sales managers", "销售经理"),
    ("team", "Sales team and experts", "销售团队与专家"),
    ("ops", "Sales operations", "销售运营"),
    ("mkt", "Marketing", "市场部"),
    ("anl", "Process analysts", "流程分析师"),
    ("adm", "Administrators", "系统管理员"),
)
ROLES = tuple(role for role, _en, _zh in ROLE_TITLES)
LANGUAGES = ("en", "zh-Hans")
EXPERIENCED_AFTER_MONTHS = 12


@dataclass(frozen=True)
class User:
    """One user; `level` is 1 line, 2 regional, 3 head of sales, or None for everybody else."""

    id: int
    login: str
    name: str
    name_zh: str
    email: str | None
    level: int | None
    manager: str | None
    org_unit_id: int | None
    experience: str | None
    started_on: date | None
    time_zone: str | None
    language: str
    active: bool
    mail_notices: bool
    row_version: int
    roles: tuple[str, ...] = ()

    def display_name(self, language: str = "en") -> str:
        """The name in the reader's language."""
        return self.name_zh if language.startswith("zh") else self.name

    @property
    def names(self) -> Names:
        """The names by language, for a sentence."""
        return both(self.name, self.name_zh)

    def rep_experience(self, on: date) -> str:
        """`experienced` or `junior`: what a manager set, else twelve months after the start (8.1)."""
        if self.experience:
            return self.experience
        if self.started_on is None:
            return "junior"
        months = (on.year - self.started_on.year) * 12 + on.month - self.started_on.month
        full = months - (on.day < self.started_on.day)
        return "experienced" if full >= EXPERIENCED_AFTER_MONTHS else "junior"


def _query() -> Select[Any]:
    wanted = [column for column in users.c if column.name in User.__dataclass_fields__]
    return select(*wanted)


def _with_roles(connection: Connection, found: Iterable[RowMapping]) -> tuple[User, ...]:
    rows = list(found)
    at = user_role.c
    query = select(at.login, at.role).where(at.login.in_([row["login"] for row in rows])).order_by(at.role)
    roles: dict[str, list[str]] = {}
    for login, role in connection.execute(query):
        roles.setdefault(login, []).append(role)
    return tuple(User(**row, roles=tuple(roles.get(row["login"], ()))) for row in rows)


def get(connection: Connection, login: str) -> User:
    """One user with roles; raises `RecordNotFound`."""
    user = find(connection, login)
    if user is None:
        raise RecordNotFound(record=both(f"user {login}", f"用户 {login}"))
    return user


def find(connection: Connection, login: str) -> User | None:
    """One user with roles, or None."""
    found = _with_roles(connection, connection.execute(_query().where(users.c.login == login)).mappings())
    return found[0] if found else None


def match(connection: Connection, text: str) -> tuple[User, ...]:
    """The active users whose login, e-mail or name (either language) is exactly `text`, ignoring case."""
    low = text.strip().lower()
    names = (users.c.login, users.c.email, users.c.name, users.c.name_zh)
    query = _query().where(users.c.active, or_(*(func.lower(column) == low for column in names)))
    return _with_roles(connection, connection.execute(query.order_by(users.c.login)).mappings())


def listing(connection: Connection, *, only_active: bool = False) -> tuple[User, ...]:
    """All users with their roles, by login; two queries however many there are."""
    query = _query().order_by(users.c.login)
    query = query.where(users.c.active) if only_active else query
    return _with_roles(connection, connection.execute(query).mappings())


def create(connection: Connection, login: str, roles: Iterable[str], *, by: str, at: datetime, **fields: Any) -> User:
    """Adds a user; `fields` are columns of `users` (name and name_zh are required).

    Raises `AlreadyExists` for a login in use and `InvalidValue` for an unknown role, zone, language or level.
    """
    _check(login, roles, fields)
    if find(connection, login):
        raise AlreadyExists(record=both(f"user {login}", f"用户 {login}"))
    records.insert(connection, users, {"login": login, **fields}, by=by, at=at)
    _write_roles(connection, login, roles)
    return get(connection, login)


def change(
    connection: Connection,
    login: str,
    expected_version: int,
    changes: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    roles: Iterable[str] | None = None,
) -> User:
    """Changes a user's columns, and roles when given; the history says which roles they were and are.

    Raises `VersionConflict`, `RecordNotFound`, `InvalidValue`.
    """
    user = get(connection, login)
    _check(login, roles or (), changes)
    moved = None if roles is None else f"{_listed(user.roles)} → {_listed(roles)}"
    records.update(connection, users, user.id, expected_version, changes, by=by, at=at, record=login, reason=moved)
    if roles is not None:
        _write_roles(connection, login, roles)
    return get(connection, login)


def _listed(roles: Iterable[str]) -> str:
    return ", ".join(sorted(set(roles))) or "–"


def password_hash(connection: Connection, login: str) -> str | None:
    """The stored hash of an active user's password, None when there is no such user or no password."""
    query = select(users.c.password_hash).where(users.c.login == login, users.c.active)
    return connection.execute(query).scalar_one_or_none()


def set_password_hash(connection: Connection, login: str, hashed: str, *, by: str, at: datetime) -> None:
    """Stores the hash of a new password; the password itself never comes here."""
    user = get(connection, login)
    changes = {"password_hash": hashed}
    records.update(connection, users, user.id, user.row_version, changes, by=by, at=at, record=login)


def _write_roles(connection: Connection, login: str, roles: Iterable[str]) -> None:
    connection.execute(user_role.delete().where(user_role.c.login == login))
    if rows := [{"login": login, "role": role} for role in sorted(set(roles))]:
        connection.execute(user_role.insert(), rows)


def _check(login: str, roles: Iterable[str], fields: Mapping[str, Any]) -> None:
    allowed: dict[str, Iterable[Any]] = {
        "language": LANGUAGES,
        "level": (None, 1, 2, 3),
        "experience": (None, "experienced", "junior"),
    }
    if fields.get("time_zone"):
        allowed["time_zone"] = available_timezones()
    checks = [("role", role, ROLES) for role in roles]
    checks += [(name, fields[name], tuple(values)) for name, values in allowed.items() if name in fields]
    for name, value, values in checks:
        if value not in values:
            listed = ", ".join(map(str, values))
            shown = (
                both(listed, listed)
                if len(values) < 20
                else both("a time zone such as Asia/Shanghai", "时区，如 Asia/Shanghai")
            )
            raise InvalidValue(expected=shown, field=name, record=both(f"user {login}", f"用户 {login}"), value=value)
