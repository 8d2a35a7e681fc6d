"""Makes the sample company: whole, or not at all."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from argon2 import PasswordHasher

import bootstrap
from cli.sample import hours, people, stories
from cli.sample.customers import open_accounts
from cli.sample.market import stock_the_shelves
from cli.sample.play import Player
from crm import users
from engine import Database, SimulatedClock, notices

PASSWORD = "salesflow-demo"
SEED = 20_260_901
YEAR = timedelta(days=372)
UNREAD_FOR = timedelta(days=5)


class Unfinished(Exception):
    """The database cannot take the sample company; the message says what to do."""


def accounts() -> tuple[people.Person, ...]:
    """The demo accounts, managers first; all have the same password."""
    return people.PEOPLE


def has_demo_accounts(database: Database) -> bool:
    """Whether the people of the sample company are in this database."""
    with database.read() as connection:
        return {one.login for one in people.PEOPLE} <= {one.login for one in users.listing(connection)}


def is_wanted(settings: bootstrap.Settings, database: Database) -> bool:
    """Whether this is the first start of a development copy: nobody is there yet.

    Raises `Unfinished` when an earlier making of the sample company was interrupted.
    """
    with database.read() as connection:
        found = users.listing(connection)
        unfinished = bool(found) and not any(users.password_hash(connection, one.login) for one in found)
    if unfinished and {one.login for one in found} == {one.login for one in people.PEOPLE}:
        raise Unfinished(
            "Expected an empty database or a complete company, but an earlier making of the sample company "
            "was interrupted. Empty the database and start again."
        )
    return not found and settings.environment == "development"


def build(settings: bootstrap.Settings, now: datetime | None = None, seed: int = SEED) -> None:
    """Writes the company as it is at `now` (default: the present) after a year of work.

    SQLite: into a copy that takes the database's place once it is complete; nobody else may have it
    open. Other databases: in place, passwords last, so that nobody enters a company half made.
    Raises `Unfinished` when there are users already.
    """
    target = _file(settings)
    if target is None:
        _fill(settings, now, seed)
        return
    draft = target.with_name(f"{target.name}.sample")
    _remove(draft)
    if target.exists():
        if target.with_name(f"{target.name}-wal").exists():
            raise Unfinished(f"Expected {target} to be closed, but another process has it open. Stop it first.")
        shutil.copyfile(target, draft)
    _fill(replace(settings, database_url=f"sqlite:///{draft}", sqlite_synchronous="NORMAL"), now, seed)
    draft.replace(target)


def _file(settings: bootstrap.Settings) -> Path | None:
    prefix = "sqlite:///"
    return Path(settings.database_url.removeprefix(prefix)) if settings.database_url.startswith(prefix) else None


def _remove(draft: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _fill(settings: bootstrap.Settings, now: datetime | None, seed: int) -> None:
    present = (now or datetime.now(UTC)).replace(microsecond=0)
    when = hours.calendar((present - YEAR).date(), (present + YEAR).date())
    began = hours.before(when, present - YEAR + timedelta(days=4), 4)
    clock = SimulatedClock(began)
    application = bootstrap.build(settings, clock)
    bootstrap.install(application)
    _play(application, clock, Random(seed), seed, present)
    _read_older_notices(application, present)
    _let_in(application)
    application.database.dispose()


def _play(
    application: bootstrap.Application, clock: SimulatedClock, random: Random, seed: int, present: datetime
) -> None:
    began = clock.now()
    when = hours.calendar(began.date(), (present + YEAR).date())
    with application.database.write() as into:
        if users.listing(into.connection):
            raise Unfinished("Expected a database without users, but there are some. Nothing was changed.")
        people.hire(into, began, present)
        stock_the_shelves(into, began)
        customers = open_accounts(into, random, began)
    told = stories.every(random, customers, when, present)
    Player(application.engine, clock, seed, when, present).play(told, customers)


def _read_older_notices(application: bootstrap.Application, present: datetime) -> None:
    for person in people.PEOPLE:
        with application.database.read() as connection:
            found = notices.for_user(connection, person.login, limit=1000)
        older = [notice.id for notice in found if notice.at < present - UNREAD_FOR]
        notices.mark_read(application.engine, person.login, older)


def _let_in(application: bootstrap.Application) -> None:
    hasher, at = PasswordHasher(), application.engine.clock.now()
    hashes = {one.login: hasher.hash(PASSWORD) for one in people.PEOPLE}
    with application.database.write() as into:
        for login, hashed in hashes.items():
            users.set_password_hash(into.connection, login, hashed, by=people.SYSTEM, at=at)
