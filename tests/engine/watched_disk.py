"""A database on a disk that is watched, for tests of who is told what when."""

from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import select

from engine import Database, writers
from engine.tables import metadata, node
from engine.transaction import Transaction

MANY = 8
PATIENCE_SECONDS = 20


class Disk:
    """What the disk holds: the database and its log as they were when the log was last written through."""

    def __init__(self, database: Path, folder: Path) -> None:
        self._database, self._folder = database, folder
        self._lock = threading.Lock()
        self.flushes = 0
        self.broken: OSError | None = None

    def write_through(self, log: str) -> None:
        if self.broken is not None:
            raise self.broken
        with self._lock:
            self.flushes += 1
            for kept in (self._database, Path(log)):
                shutil.copy(kept, self._folder / kept.name)

    def holds(self) -> set[str]:
        """The names that a start after a loss of power would find."""
        with self._lock:
            found = dbapi2.connect(str(self._folder / self._database.name))
            names = {name for (name,) in found.execute("SELECT id FROM node")}
            found.close()
        return names


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(made.engine)
    made.dispose()  # the last one to leave moves the log
    yield made
    made.dispose()


@pytest.fixture
def disk(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    (tmp_path / "disk").mkdir()
    made = Disk(tmp_path / "test.db", tmp_path / "disk")
    monkeypatch.setattr(writers, "write_through", made.write_through)
    return made


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits wait for each other as long as it takes."""
    monkeypatch.setattr(writers, "COMPANY_SECONDS", PATIENCE_SECONDS)


def add(running: Transaction, name: str) -> str:
    row = {"id": name, "kind": "test", "beat": "2026-03-02T09:00:00", "started_at": "2026-03-02T09:00:00"}
    running.connection.exec_driver_sql("INSERT INTO node VALUES (:id, :kind, :beat, :started_at)", row)
    return name


def written(database: Database, name: str) -> str:
    with database.write() as running:
        return add(running, name)


def performed(database: Database, name: str) -> str:
    return database.perform(lambda running: add(running, name))


def names(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(select(node.c.id)).scalars())


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


class SlowDisk:
    """A disk whose first write-through takes until it is let go."""

    def __init__(self) -> None:
        self.begun, self.goes_on = threading.Event(), threading.Event()
        self.flushes = 0
        self.fails = False

    def write_through(self, _log: str) -> None:
        self.flushes += 1
        if not self.begun.is_set():
            self.begun.set()
            assert self.goes_on.wait(PATIENCE_SECONDS)
            if self.fails:
                raise OSError(errno.EIO, "Input/output error")


@pytest.fixture
def slow(database: Database, monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    made = SlowDisk()
    monkeypatch.setattr(writers, "write_through", made.write_through)
    return made


def in_the_file(file: Path) -> int:
    """How many nodes the database holds without its log; -1 while it is being moved."""
    copy = file.with_suffix(".copy")
    shutil.copy(file, copy)
    alone = dbapi2.connect(str(copy))
    try:
        return int(alone.execute("SELECT count(*) FROM node").fetchone()[0])
    except dbapi2.DatabaseError:
        return -1
    finally:
        alone.close()
