"""A wired application with a small company, for scenarios that run the real processes on the real records."""

from __future__ import annotations

from collections.abc import Iterator
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
REP, MANAGER, REGIONAL, OPERATIONS = "lin.wei", "chen.jing", "wang.min", "ops.one"


@dataclass
class Company(Kit):
    """The test kit over the wired application: real handlers, records, people and processes."""

    application: bootstrap.Application

    def __init__(self, url: str, data: Path) -> None:
        self.clock = SimulatedClock(START)
        settings = bootstrap.Settings(data, url, "k" * 32)
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
def company(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, outcomes: Outcomes) -> Iterator[Company]:
    """The company on SQLite."""
    template = templates.once(tmp_path_factory, "company", lambda folder: _found(_address(folder), folder))
    templates.copy(template, tmp_path)
    yield from _open(_address(tmp_path), tmp_path, outcomes)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_company(request: pytest.FixtureRequest, tmp_path: Path, outcomes: Outcomes) -> Iterator[Company]:
    """The company on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("company")
        return
    running: databases.Server | None = request.getfixturevalue("postgresql_server")
    if running is None:
        pytest.skip(databases.MISSING)
    template = running.template("company", lambda url: _found(url, tmp_path))
    with running.database(template) as url:
        yield from _open(url, tmp_path, outcomes)


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'company.db'}"


def _open(url: str, data: Path, outcomes: Outcomes) -> Iterator[Company]:
    made = Company(url, data)
    yield made
    outcomes.note(made.database)
    made.database.dispose()
