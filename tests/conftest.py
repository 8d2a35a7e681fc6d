"""For every test: a fresh database of each kind, and what counts the ways out of gateways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import Database
from tests import databases
from tests.processes.outcomes import Outcomes

OUTCOMES = "gateway-outcomes"


def pytest_configure(config: pytest.Config) -> None:
    """Has the ways out of gateways counted that the tests of processes take."""
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
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'test.db'}")
        yield made
        made.dispose()
        return
    running = request.getfixturevalue("postgresql_server")
    if running is None:
        pytest.skip(databases.MISSING)
    with running.database() as url:
        made = Database(url)
        yield made
        made.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for tests of what does not depend on the kind."""
    made = Database(f"sqlite:///{tmp_path / 'test.db'}")
    yield made
    made.dispose()
