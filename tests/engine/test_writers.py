"""SQLite's writers in one process: nobody is told "done" before the disk holds it, and many wait for the disk once."""

from __future__ import annotations

import errno
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import func, select

import bootstrap
from engine import Database, checkpoints, transaction, writers
from engine.errors import Busy, Conflict, Unconfirmed
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


WAYS = pytest.mark.parametrize("way", [written, performed])
Way = Callable[[Database, str], str]


def names(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(select(node.c.id)).scalars())


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def all_at_once(database: Database, calls: list[Callable[[], str]]) -> list[Future[str]]:
    """Has every call made while somebody else writes, so that all of them wait."""
    calling = threading.Semaphore(0)

    def call(one: Callable[[], str]) -> str:
        calling.release()
        return one()

    with ThreadPoolExecutor(len(calls)) as threads:
        with database.write():
            found = [threads.submit(call, one) for one in calls]
            for _ in calls:
                assert calling.acquire(timeout=PATIENCE_SECONDS)
            time.sleep(0.1)  # from the semaphore into the queue
    return found


@WAYS
def test_who_is_told_that_a_change_is_made_finds_it_on_the_disk(database: Database, disk: Disk, way: Way) -> None:
    def work(person: int) -> list[bool]:
        mine = [f"{person}-{number}" for number in range(10)]
        return [way(database, name) in disk.holds() for name in mine]

    with ThreadPoolExecutor(MANY) as threads:
        found = list(threads.map(work, range(MANY)))

    assert found == [[True] * 10] * MANY
    assert len(names(database)) == MANY * 10


@WAYS
def test_all_who_wait_at_the_same_time_wait_for_the_disk_once(
    database: Database, disk: Disk, patient: None, way: Way
) -> None:
    wanted = [f"node-{number}" for number in range(MANY)]
    found = all_at_once(database, [lambda name=name: way(database, name) for name in wanted])  # type: ignore[misc]

    assert [one.result() for one in found] == wanted
    assert disk.holds() == set(wanted)
    assert disk.flushes <= 2  # theirs, and that of whom they waited for


def test_what_many_want_at_once_is_done_by_one_thread_and_each_gets_its_own_answer(
    database: Database, patient: None
) -> None:
    threads = set()

    def command(running: Transaction, number: int) -> str:
        threads.add(threading.get_ident())
        add(running, f"node-{number}")
        if number % 2:
            raise Conflict("Number %(number)s is odd.", number=number)
        return f"node-{number}"

    calls = [lambda number=number: database.perform(lambda running: command(running, number)) for number in range(MANY)]
    found = all_at_once(database, calls)  # type: ignore[arg-type]

    assert len(threads) == 1
    for number, one in enumerate(found):
        if number % 2:
            with pytest.raises(Conflict, match=f"Number {number} is odd"):
                one.result()
        else:
            assert one.result() == f"node-{number}"
    assert names(database) == {f"node-{number}" for number in range(0, MANY, 2)}


def test_one_thread_does_not_work_for_others_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "COMPANY_SECONDS", 0)
    threads = []

    def command(running: Transaction) -> str:
        threads.append(threading.get_ident())
        return add(running, f"node-{len(threads)}")

    found = all_at_once(database, [lambda: database.perform(command)] * MANY)

    assert {one.result() for one in found} == names(database)
    assert len(set(threads)) == MANY


@WAYS
def test_a_disk_that_fails_is_told_and_nothing_more_is_changed(database: Database, disk: Disk, way: Way) -> None:
    way(database, "kept")
    disk.broken = OSError(errno.EIO, "Input/output error")
    with pytest.raises(Unconfirmed, match="did not confirm the change .*Input/output error.* made, but may be lost"):
        way(database, "doubtful")
    disk.broken = None

    with pytest.raises(Busy, match="Nothing was changed: the disk failed .*Input/output error.*started again"):
        way(database, "refused")
    assert disk.holds() == {"kept"} and names(database) == {"kept", "doubtful"}


def test_once_the_disk_failed_its_later_word_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    failing, waiting = threading.Event(), threading.Event()

    def write_through(_log: str) -> None:
        if not failing.is_set():
            failing.set()
            assert waiting.wait(PATIENCE_SECONDS)
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(writers, "write_through", write_through)
    both = writers.Writers()
    both.log = "test.db-wal"
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(both.confirm)
        assert failing.wait(PATIENCE_SECONDS)
        second = threads.submit(both.confirm)
        waiting.set()
        for one in (first, second):
            with pytest.raises(Unconfirmed):
                one.result(PATIENCE_SECONDS)


@WAYS
def test_who_waits_too_long_for_the_turn_is_told_and_the_next_one_is_served(
    database: Database, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    monkeypatch.setattr(transaction, "LOCK_WAIT_SECONDS", 0.2)
    with ThreadPoolExecutor(MANY) as threads:
        with database.write():
            found = [threads.submit(way, database, f"node-{number}") for number in range(MANY)]
            for one in found:
                with pytest.raises(Busy, match=r"cannot take the change now \(database is locked\)"):
                    one.result(PATIENCE_SECONDS)

    assert way(database, "later") == "later"
    assert names(database) == {"later"}


def test_nobody_waits_for_the_disk_where_less_is_asked_for(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = Database(f"sqlite:///{tmp_path / 'quick.db'}", synchronous="NORMAL")
    metadata.create_all(quick.engine)
    written(quick, "node")
    performed(quick, "other")
    quick.dispose()

    assert disk.flushes == 0
    assert bootstrap.Settings.__dataclass_fields__["sqlite_synchronous"].default == "FULL"


def test_who_changed_nothing_waits_for_no_disk(database: Database, disk: Disk) -> None:
    with database.write() as running:
        running.execute(select(node.c.id))
    assert disk.flushes == 0

    written(database, "node")
    assert disk.flushes == 1


def test_sqlite_itself_waits_for_the_disk_where_there_can_be_no_log() -> None:
    made = Database("sqlite://")
    with made.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "memory"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    made.dispose()


def test_a_log_that_went_into_the_database_needs_no_more_waiting(tmp_path: Path) -> None:
    writers.write_through(str(tmp_path / "gone.db-wal"))


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
    own.close()
    assert names(database) == {"a", "b", "late-2"}


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
