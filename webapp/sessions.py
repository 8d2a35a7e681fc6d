"""Who is logged in: revocable sessions in the database, found by the hash of a random token in the cookie."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, g, request, session
from flask_login import LoginManager, login_user, logout_user

from webapp.current import Person, person, reading, seconds, writing
from webapp.people import find
from webapp.tables import Connection, user_preference, user_session

IDLE = int(timedelta(hours=8).total_seconds())
ABSOLUTE = int(timedelta(days=7).total_seconds())
SEEN_EVERY = int(timedelta(minutes=5).total_seconds())


@dataclass(frozen=True)
class SessionRow:
    """One place where a person is logged in."""

    id: str
    ip: str
    agent: str
    created_at: datetime
    seen_at: datetime
    current: bool


def install(app: Flask) -> None:
    """Lets Flask-Login find the person of each request."""
    manager = LoginManager()
    manager.session_protection = None  # sessions live in the database; nothing is derived from address or browser
    manager.user_loader(_load)
    manager.init_app(app)
    app.before_request(_note_presence)


def log_in(login: str) -> None:
    """Begins a session for a person whose password was right; the cookie's content changes."""
    token = secrets.token_urlsafe(32)
    now = seconds()
    with writing() as tx:
        tx.connection.execute(
            user_session.insert().values(
                id=_hash(token),
                login=login,
                created_at=now,
                seen_at=now,
                ip=(request.remote_addr or "")[:45],
                agent=request.user_agent.string[:300],
            )
        )
    session.clear()
    with reading() as connection:
        found = _person(connection, token)
    if found is not None:
        login_user(found)


def log_out() -> None:
    """Ends the session of this request for good."""
    end(person().login, person().session)
    logout_user()
    session.clear()


def end(login: str, session_id: str | None = None) -> int:
    """Ends one session of a person, or all of them; gives how many were ended."""
    statement = user_session.update().where(user_session.c.login == login, user_session.c.ended_at.is_(None))
    if session_id is not None:
        statement = statement.where(user_session.c.id == session_id)
    with writing() as tx:
        return tx.connection.execute(statement.values(ended_at=seconds())).rowcount


def listing(connection: Connection, login: str, current: str) -> list[SessionRow]:
    """The living sessions of a person, the newest first."""
    statement = (
        user_session.select()
        .where(user_session.c.login == login, *_alive(seconds()))
        .order_by(user_session.c.seen_at.desc())
    )
    return [
        SessionRow(row.id, row.ip, row.agent, _moment(row.created_at), _moment(row.seen_at), row.id == current)
        for row in connection.execute(statement)
    ]


def _load(token: str) -> Person | None:
    with reading() as connection:
        return _person(connection, token)


def _person(connection: Connection, token: str) -> Person | None:
    now = seconds()
    statement = user_session.select().where(user_session.c.id == _hash(token), *_alive(now))
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    found = find(connection, row.login)
    if found is None:
        return None
    g.session_is_stale = now - row.seen_at > SEEN_EVERY
    chosen = connection.execute(user_preference.select().where(user_preference.c.login == row.login)).one_or_none()
    return Person(
        login=row.login,
        names=found.names,
        permissions=found.permissions,
        session=row.id,
        token=token,
        zone=found.zone,
        language=chosen.language if chosen and chosen.language else found.language,
        shortcuts=chosen.shortcuts if chosen else True,
    )


def _note_presence() -> None:
    """Keeps the idle clock of a session going; rarely, so that reading stays reading."""
    if request.endpoint in (None, "static") or "_user_id" not in session:
        return
    asking = person()
    if asking.is_authenticated and g.get("session_is_stale"):
        with writing() as tx:
            tx.connection.execute(
                user_session.update().where(user_session.c.id == asking.session).values(seen_at=seconds())
            )


def _alive(now: int) -> tuple[Any, ...]:
    columns = user_session.c
    return columns.ended_at.is_(None), columns.seen_at > now - IDLE, columns.created_at > now - ABSOLUTE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _moment(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)
