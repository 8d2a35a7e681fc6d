"""For the tests of the engine: databases that have its tables already, copied and not made anew for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import Database
from engine.tables import metadata
from tests import databases, templates


def _make_tables(url: str) -> None:
    with databases.opened(url) as made:
        metadata.create_all(made.engine)


@pytest.fixture
def sqlite(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database in which nothing has happened yet, for tests of what does not depend on the kind."""
    made = templates.once(tmp_path_factory, "engine", lambda folder: _make_tables(databases.in_folder(folder)))
    templates.copy(made, tmp_path)
    with databases.opened(databases.in_folder(tmp_path)) as copied:
        yield copied


@pytest.fixture
def postgresql(postgresql_server: databases.Server | None) -> Iterator[Database]:
    """A database on PostgreSQL in which nothing has happened yet."""
    with databases.needed(postgresql_server).copy("engine", _make_tables) as url, databases.opened(url) as copied:
        yield copied
