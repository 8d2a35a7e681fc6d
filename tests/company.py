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
from crm import accounts, defaults, opportunities
from crm.opportunities import Opportunity
from engine import Database, SimulatedClock, definitions, instances
from engine.testing import Kit, Run
from tests.crm import factories

START = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
REP, MANAGER, REGIONAL, OPERATIONS = "lin.wei", "chen.jing", "wang.min", "ops.one"


@dataclass
class Company(Kit):
    """The test kit over the wired application: real handlers, records, people and processes."""

    application: bootstrap.Application

    def __init__(self, database: Database, data: Path) -> None:
        self.clock = SimulatedClock(START)
        url = database.url.render_as_string(hide_password=False)
        settings = bootstrap.Settings(data, url, "k" * 32)
        self.application = bootstrap.build(settings, self.clock)
        self.engine = self.application.engine
        self.database = self.application.database
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
                accounts.publish_profile(connection, account.id, by=REP, at=START, relationship_strength=4)
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


@pytest.fixture
def company(sqlite: Database, tmp_path: Path) -> Iterator[Company]:
    """The company on SQLite."""
    made = Company(sqlite, tmp_path)
    yield made
    made.database.dispose()


@pytest.fixture
def any_company(database: Database, tmp_path: Path) -> Iterator[Company]:
    """The company on SQLite, then on PostgreSQL."""
    made = Company(database, tmp_path)
    yield made
    made.database.dispose()
