"""Brakes for guessing passwords: counters in the database, so that every process sees the same.

Failures are counted per account, per address, and apart from both per known device: a browser
that logged in before carries a signed cookie, so its owner gets in while others guess.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from webapp.current import reading, seconds, writing
from webapp.tables import Connection, func, login_failure

WINDOW = 3600
FREE_FAILURES = 5
FIRST_DELAY = 30
LONGEST_DELAY = 900
FAILURES_PER_ADDRESS = 100
DEVICE_COOKIE = "salesflow_device"
DEVICE_DAYS = 180


@dataclass(frozen=True)
class Attempt:
    """One try to log in: the buckets it counts for, and the rows that stand for it until it succeeds."""

    bucket: str
    address: str
    rows: tuple[int, ...]


def wait_seconds(failures: int, since_last: int) -> int:
    """How long a bucket with so many failures must still wait, `since_last` seconds after the newest one."""
    if failures < FREE_FAILURES:
        return 0
    delay = min(FIRST_DELAY << min(failures - FREE_FAILURES, 10), LONGEST_DELAY)
    return max(0, delay - since_last)


def begin(login: str) -> tuple[Attempt | None, int]:
    """Books a try as failed before the password is looked at, or says how many seconds to wait.

    Booking first means that many tries at the same moment cannot all pass before one is counted.
    """
    bucket, address = _bucket(login), f"ip:{request.remote_addr}"
    now = seconds()
    with writing() as tx:
        wait = max(_wait(tx.connection, bucket, now), _address_wait(tx.connection, address, now))
        if wait:
            return None, wait
        tx.connection.execute(login_failure.delete().where(login_failure.c.at < now - 2 * WINDOW))
        rows = tuple(_book(tx.connection, name, now) for name in (bucket, address))
    if _crowded(bucket, rows[0], now):
        return None, FIRST_DELAY
    return Attempt(bucket, address, rows), 0


def succeed(attempt: Attempt) -> None:
    """Forgives the account's failures and takes the booked try back from the address."""
    columns = login_failure.c
    with writing() as tx:
        tx.connection.execute(login_failure.delete().where(columns.bucket == attempt.bucket))
        tx.connection.execute(login_failure.delete().where(columns.id.in_(attempt.rows)))


def remember_device(response: Response, login: str) -> None:
    """Marks this browser as one that its owner used."""
    known = _known_device(login) or secrets.token_urlsafe(12)
    response.set_cookie(
        DEVICE_COOKIE,
        _signer().dumps([login, known]),
        max_age=DEVICE_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )


def _bucket(login: str) -> str:
    device = _known_device(login)
    return f"device:{device}" if device else f"account:{login[:200]}"


def _known_device(login: str) -> str | None:
    try:
        owner, device = _signer().loads(request.cookies.get(DEVICE_COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(device) if owner == login else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="known-device")


def _wait(connection: Connection, bucket: str, now: int) -> int:
    failures, newest = _count(connection, bucket, now)
    return wait_seconds(failures, now - newest)


def _address_wait(connection: Connection, address: str, now: int) -> int:
    failures, newest = _count(connection, address, now)
    return max(0, newest + LONGEST_DELAY - now) if failures >= FAILURES_PER_ADDRESS else 0


def _count(connection: Connection, bucket: str, now: int) -> tuple[int, int]:
    columns = login_failure.c
    statement = (
        login_failure.select()
        .with_only_columns(func.count(), func.max(columns.at))
        .where(columns.bucket == bucket, columns.at > now - WINDOW)
    )
    count, newest = connection.execute(statement).one()
    return int(count), int(newest or 0)


def _book(connection: Connection, bucket: str, now: int) -> int:
    key = connection.execute(login_failure.insert().values(bucket=bucket, at=now)).inserted_primary_key
    assert key is not None  # the database numbers the rows
    return int(key[0])


def _crowded(bucket: str, row: int, now: int) -> bool:
    """Whether others booked in the same moment so often that this try is one too many."""
    columns = login_failure.c
    statement = (
        login_failure.select()
        .with_only_columns(func.count())
        .where(columns.bucket == bucket, columns.at == now, columns.id < row)
    )
    with reading() as connection:
        return int(connection.execute(statement).scalar_one()) >= FREE_FAILURES
