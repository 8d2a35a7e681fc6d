"""SQLite's writers in one process: nobody is told "done" before the disk holds it, and many wait for the disk once."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

import bootstrap
from engine import Database, transaction, writers
from engine.errors import Busy, Conflict, Unconfirmed
from engine.tables import metadata, node
from engine.transaction import Transaction
from tests.engine.watched_disk import (
    MANY,
    PATIENCE_SECONDS,
    Disk,
    SlowDisk,
    add,
    database,
    disk,
    names,
    patient,
    performed,
    slow,
    until,
    written,
)

__all__ = ["database", "disk", "patient", "slow"]

WAYS = pytest.mark.parametrize("way", [written, performed])
Way = Callable[[Database, str], str]


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


@WAYS
def test_all_whose_change_is_in_doubt_are_told_so(database: Database, disk: Disk, patient: None, way: Way) -> None:
    disk.broken = OSError(errno.EIO, "Input/output error")
    wanted = [f"node-{number}" for number in range(MANY)]
    found = all_at_once(database, [lambda name=name: way(database, name) for name in wanted])  # type: ignore[misc]

    for one in found:
        with pytest.raises(Unconfirmed):
            one.result(PATIENCE_SECONDS)
    assert names(database) == set(wanted)


@WAYS
def test_who_commits_while_the_disk_is_busy_waits_for_its_next_answer(
    database: Database, slow: SlowDisk, way: Way
) -> None:
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(way, database, "first")
        assert slow.begun.wait(PATIENCE_SECONDS)
        second = threads.submit(way, database, "second")
        until(lambda: names(database) == {"first", "second"})
        slow.goes_on.set()
        assert (first.result(PATIENCE_SECONDS), second.result(PATIENCE_SECONDS)) == ("first", "second")

    assert slow.flushes == 2


def test_who_only_sees_a_change_is_answered_once_the_disk_holds_it(database: Database, slow: SlowDisk) -> None:
    def look() -> set[str]:
        with database.write() as running:
            return set(running.connection.execute(select(node.c.id)).scalars())

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(written, database, "first")
        assert slow.begun.wait(PATIENCE_SECONDS)
        repeat = threads.submit(look)
        with pytest.raises(TimeoutError):
            repeat.result(0.2)
        slow.goes_on.set()
        assert (first.result(PATIENCE_SECONDS), repeat.result(PATIENCE_SECONDS)) == ("first", {"first"})


@WAYS
def test_once_the_disk_failed_its_later_word_counts_for_nothing(database: Database, slow: SlowDisk, way: Way) -> None:
    slow.fails = True
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(way, database, "first")
        assert slow.begun.wait(PATIENCE_SECONDS)
        second = threads.submit(way, database, "second")
        until(lambda: names(database) == {"first", "second"})
        slow.goes_on.set()
        for one in (first, second):
            with pytest.raises(Unconfirmed):
                one.result(PATIENCE_SECONDS)


def test_writers_are_served_in_the_order_in_which_they_came(database: Database) -> None:
    order: list[str] = []

    def work(name: str) -> None:
        with database.write() as running:
            order.append(add(running, name))

    wanted = [f"node-{number}" for number in range(MANY)]
    assert database._writers is not None
    with ThreadPoolExecutor(MANY) as threads, database.write():
        for number, name in enumerate(wanted, 1):
            threads.submit(work, name)
            until(lambda: len(database._writers._queue) == number)  # type: ignore[union-attr]  # noqa: B023
    assert order == wanted


def test_work_that_ends_its_thread_ends_the_one_that_wanted_it(database: Database, patient: None) -> None:
    def leave(_running: Transaction) -> str:
        raise SystemExit(3)

    calls = [lambda: database.perform(leave), lambda: performed(database, "kept"), lambda: written(database, "other")]
    left, kept, other = all_at_once(database, calls)

    with pytest.raises(SystemExit):
        left.result(PATIENCE_SECONDS)
    assert (kept.result(PATIENCE_SECONDS), other.result(PATIENCE_SECONDS)) == ("kept", "other")
    assert names(database) == {"kept", "other"}


def test_a_change_of_tables_is_on_the_disk_when_it_is_told(database: Database, disk: Disk) -> None:
    with database.reshaping() as connection:
        connection.exec_driver_sql("CREATE TABLE more (id INTEGER)")
    assert disk.flushes == 1


def test_what_is_written_through_is_the_log(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = writers._through_to_disk

    def through_to_disk(opened: int) -> None:
        real(opened)
        synced.append(os.fstat(opened).st_ino)

    monkeypatch.setattr(writers, "_through_to_disk", through_to_disk)
    written(database, "node")
    assert synced == [Path(f"{tmp_path / 'test.db'}-wal").stat().st_ino]
    with database.read() as connection:  # syncs the head of a new log, and around moving it
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 1


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
