"""For every test: a fresh database of each kind, and what counts the ways out of gateways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import Database
from tests import databases, statements
from tests.processes.outcomes import Outcomes

OUTCOMES = "gateway-outcomes"


def pytest_configure(config: pytest.Config) -> None:
    """Has statements put into SQL once, and the ways out of gateways counted that the tests of processes take."""
    statements.share()
    config.pluginmanager.register(Outcomes(), OUTCOMES)


@pytest.fixture(scope="session")
def outcomes(pytestconfig: pytest.Config) -> Outcomes:
    """Counts the ways out of gateways that instances took."""
    counting: Outcomes = pytestconfig.pluginmanager.get_plugin(OUTCOMES)
    return counting


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[databases.Server | None]:
    with databases.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database: the test runs once on SQLite and once on PostgreSQL."""
    made: Database = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for tests of what does not depend on the kind."""
    with databases.opened(databases.in_folder(tmp_path)) as made:
        yield made


@pytest.fixture
def postgresql(postgresql_server: databases.Server | None) -> Iterator[Database]:
    """An empty database on PostgreSQL."""
    with databases.needed(postgresql_server).database() as url, databases.opened(url) as made:
        yield made
