"""Fixtures for every test: a fresh database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import Database
from tests import databases


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
