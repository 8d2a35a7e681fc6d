"""What a view needs of its surroundings: the wired application, its database, the person, the moment."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from flask import current_app
from flask_login import UserMixin, current_user

from crm import access
from webapp.tables import Connection

if TYPE_CHECKING:
    from bootstrap import Application
    from engine import Engine, transaction

EXTENSION = "salesflow"


@dataclass(frozen=True)
class Person(UserMixin):
    """Who asks: the login, the names by language, the permissions held now, and the preferences."""

    login: str
    names: Mapping[str, str]
    permissions: frozenset[str] = frozenset()
    session: str = ""
    token: str = field(default="", repr=False)
    zone: str = "UTC"
    language: str | None = None
    shortcuts: bool = True

    def get_id(self) -> str:
        """What the cookie holds: the random token of the session, never the login."""
        return self.token

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission."""
        return permission in self.permissions


def application() -> Application:
    """The application that bootstrap wired."""
    return cast("Application", current_app.extensions[EXTENSION])


def engine() -> Engine:
    """The wired engine."""
    return application().engine


def reading() -> AbstractContextManager[Connection]:
    """A connection for reading."""
    return engine().database.read()


def writing() -> AbstractContextManager[transaction.Transaction]:
    """A transaction for the web app's own few tables; business writes go through engine and crm commands."""
    return engine().database.write()


def person() -> Person:
    """The person logged in; only for views that require a permission."""
    return cast(Person, current_user)


def now() -> datetime:
    """The present moment of the engine's clock, in the zone of the person asking."""
    return engine().clock.now().astimezone(ZoneInfo(current_user.zone if current_user.is_authenticated else "UTC"))


def reader(connection: Connection) -> access.Reader:
    """The person logged in as the records know readers: for the scopes of `crm.access`."""
    return access.reader(connection, person().login, now().date())


def seconds() -> int:
    """The present moment of the engine's clock, in seconds since 1970."""
    return int(engine().clock.now().timestamp())
