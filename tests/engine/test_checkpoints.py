"""SQLite's log is moved into the database beside the commits."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import func, select

from engine import Database, checkpoints, transaction
from engine.errors import Busy, Unconfirmed
from engine.tables import node
from tests.engine.watched_disk import Disk, database, disk, in_the_file, names, until, written

__all__ = ["database", "disk"]


def test_the_log_is_moved_into_the_database_beside_the_commits(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "COMMITS", 20)
    file, sizes = tmp_path / "test.db", []
    for round_number in range(1, 6):
        for number in range(20):
            written(database, f"{round_number}-{number}")
        until(lambda: in_the_file(file) == round_number * 20)  # noqa: B023
        sizes.append(Path(f"{file}-wal").stat().st_size)

    assert sizes[-1] < 2 * sizes[0]  # begun anew each time


def test_what_is_written_while_the_log_is_moved_is_moved_as_well(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        """A connection that takes so long that somebody writes meanwhile, where he may."""

        def execute(self, statement: str) -> dbapi2.Cursor:
            moved = own.execute(statement)
            with ThreadPoolExecutor(1) as threads:
                threads.submit(written, database, f"late-{len(names(database))}").exception()
            return moved

    @contextmanager
    def connected() -> Iterator[Slow]:
        yield Slow()

    monkeypatch.setattr(transaction, "LOCK_WAIT_SECONDS", 0.2)
    own = dbapi2.connect(str(tmp_path / "test.db"), isolation_level=None, check_same_thread=False)
    assert database._checkpoints is not None
    database._checkpoints._connected = connected
    monkeypatch.setattr(checkpoints, "COMMITS", 2)
    for name in "ab":
        written(database, name)
    until(lambda: in_the_file(tmp_path / "test.db") == 3)
    assert names(database) == {"a", "b", "late-2"}
    database.dispose()
    own.close()


def test_after_the_disk_failed_the_log_stays_as_it_is(database: Database, disk: Disk, tmp_path: Path) -> None:
    disk.broken = OSError(errno.EIO, "Input/output error")
    with pytest.raises(Unconfirmed):
        written(database, "doubtful")
    assert database._checkpoints is not None
    with pytest.raises(Busy, match="the disk failed"):
        database._checkpoints._move()
    assert in_the_file(tmp_path / "test.db") == 0


def test_a_disk_that_fails_while_the_log_is_moved_stops_all_changes(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing:
        def execute(self, _statement: str) -> None:
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = dbapi2.SQLITE_IOERR | 4 << 8
            raise error

    @contextmanager
    def connected() -> Iterator[Failing]:
        yield Failing()

    assert database._checkpoints is not None
    database._checkpoints._connected = connected
    monkeypatch.setattr(checkpoints, "COMMITS", 1)
    with suppress(Unconfirmed):  # the disk may fail before this is confirmed
        written(database, "kept")
    until(lambda: "The disk failed" in caplog.text)
    with pytest.raises(Busy, match="Nothing was changed: the disk failed .*disk I/O error"):
        written(database, "refused")


def test_a_log_that_could_not_be_moved_is_moved_later(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(checkpoints, "COMMITS", 2)
    monkeypatch.setattr(checkpoints, "_MOVE", "PRAGMA wal_checkpoint(")
    for name in "ab":
        written(database, name)
    until(lambda: "was not moved into the database" in caplog.text)
    assert in_the_file(tmp_path / "test.db") == 0

    monkeypatch.undo()
    monkeypatch.setattr(checkpoints, "COMMITS", 2)
    for name in "cd":
        written(database, name)
    until(lambda: in_the_file(tmp_path / "test.db") == 4)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(node)).scalar_one() == 4
