"""A wired application with a small company, for scenarios that run the real processes on the real records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

import bootstrap
import crm.tables
import engine.tables
import processes
from crm import account_profiles, defaults, opportunities
from crm.opportunities import Opportunity
from engine import SimulatedClock, definitions, instances
from engine.testing import Kit, Run
from tests import databases, templates
from tests.crm import factories
from tests.processes.outcomes import Outcomes

START = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
KINDS = ("sqlite", "postgresql")
REP, MANAGER, REGIONAL, OPERATIONS = "lin.wei", "chen.jing", "wang.min", "ops.one"


@dataclass
class Company(Kit):
    """The test kit over the wired application: real handlers, records, people and processes."""

    application: bootstrap.Application

    def __init__(self, url: str, data: Path) -> None:
        self.clock = SimulatedClock(START)
        settings = bootstrap.Settings(data, url, "k" * 32, sqlite_synchronous="OFF")
        self.application = bootstrap.build(settings, self.clock)
        self.engine = self.application.engine
        self.database = self.application.database

    def found(self) -> None:
        """Fills an empty database: tables, people, default configuration, processes."""
        for metadata in (engine.tables.metadata, crm.tables.metadata):
            metadata.create_all(self.database.engine)
        with self.database.write() as transaction:
            factories.make_company(transaction.connection)
            defaults.install(transaction.connection, at=START)
        definitions.deploy(self.engine, processes.files(), None)

    def opportunity(self, **fields: Any) -> Opportunity:
        """A new assessed opportunity of the rep, with a published account profile unless `profile=False`."""
        profile = fields.pop("profile", True)
        customer = fields.pop("customer", {})
        with self.database.write() as transaction:
            connection = transaction.connection
            name = f"Customer {self._count(connection)}"
            account = factories.an_account(connection, name, **customer)
            if profile:
                account_profiles.publish_at_once(connection, account.id, by=REP, at=START, relationship_strength=4)
            return factories.an_opportunity(connection, account=account, **fields)

    def _count(self, connection: Connection) -> int:
        return len(connection.execute(select(crm.tables.account.c.id)).all())

    def now(self, deal: Opportunity) -> Opportunity:
        """The record as it is at present."""
        with self.database.read() as connection:
            return opportunities.get(connection, deal.number)

    def running(self, deal: Opportunity, key: str) -> Run:
        """The newest instance of a process about a record."""
        with self.database.read() as connection:
            found = [row for row in instances.for_record(connection, deal.business_key) if row.key == key]
        return Run(self, found[0].id)


def _found(url: str, data: Path) -> None:
    made = Company(url, data)
    made.found()
    made.database.dispose()


@pytest.fixture
def company(request: pytest.FixtureRequest) -> Iterator[Company]:
    """The company on SQLite; tests may be parametrized to have it on another of KINDS."""
    yield from _company(request, getattr(request, "param", "sqlite"))


@pytest.fixture(params=KINDS)
def any_company(request: pytest.FixtureRequest) -> Iterator[Company]:
    """The company on SQLite, then on PostgreSQL."""
    yield from _company(request, request.param)


def _company(request: pytest.FixtureRequest, kind: str) -> Iterator[Company]:
    folder: Path = request.getfixturevalue("tmp_path")
    outcomes: Outcomes = request.getfixturevalue("outcomes")
    with _database(request, kind, folder) as url:
        made = Company(url, folder)
        yield made
        outcomes.note(made.database)
        made.database.dispose()


@contextmanager
def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """The address of a database of the test's own, with the company in it."""
    if kind == "sqlite":
        factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        templates.copy(templates.once(factory, "company", lambda where: _found(_address(where), where)), folder)
        yield _address(folder)
        return
    running: databases.Server | None = request.getfixturevalue("postgresql_server")
    with databases.needed(running).copy("company", lambda url: _found(url, folder)) as url:
        yield url


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'company.db'}"
