"""SQLite's writers in one process: nobody is told "done" before the disk holds it, and many wait for the disk once."""

from __future__ import annotations

import errno
import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

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


def in_order(database: Database, calls: list[Callable[[], str]]) -> list[Future[str]]:
    """Has the calls wait for their turn in this order."""
    found: list[Future[str]] = []
    assert database._writers is not None
    queue = database._writers._queue
    with ThreadPoolExecutor(len(calls)) as threads, database.write():
        for call in calls:
            found.append(threads.submit(call))
            until(lambda: len(queue) == len(found))
    return found


def all_at_once(
    database: Database, calls: list[Callable[[], str]], then: Callable[[], None] = lambda: None
) -> list[Future[str]]:
    """Has every call made while somebody else writes, so that all of them wait; `then` comes before they go on."""
    assert database._writers is not None
    queue = database._writers._queue
    with ThreadPoolExecutor(len(calls)) as threads:
        with database.write():
            found = [threads.submit(call) for call in calls]
            until(lambda: len(queue) == len(calls))
            then()
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


def test_what_many_want_at_once_is_committed_at_once(database: Database, patient: None) -> None:
    commits: list[int] = []
    calls = [lambda number=number: performed(database, f"node-{number}") for number in range(MANY)]
    database.hooks.commit = lambda: commits.append(len(names(database)))
    found = all_at_once(database, calls)  # type: ignore[arg-type]

    assert len({one.result() for one in found}) == MANY
    assert commits == [0, MANY]  # of whom they waited for, and theirs


def test_when_the_database_undoes_it_all_nobody_is_told_that_it_is_done(database: Database, patient: None) -> None:
    def undo(running: Transaction) -> str:
        running.connection.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
        return "undone"

    calls = [lambda: performed(database, "a"), lambda: database.perform(undo), lambda: performed(database, "b")]
    first, second, third = in_order(database, calls)

    for one in (first, second):
        with pytest.raises(Busy, match=r"\(the transaction has ended\)\. Nothing was changed"):
            one.result()
    assert third.result() == "b" and names(database) == {"b"}


@WAYS
def test_who_lets_it_pass_that_the_database_undid_it_all_is_not_told_that_it_is_done(
    database: Database, patient: None, way: Way
) -> None:
    def undo(running: Transaction) -> str:
        add(running, "lost")
        running.connection.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
        return "undone"

    def undone() -> str:
        if way is performed:
            return database.perform(undo)
        with database.write() as running:
            return undo(running)

    first, second = in_order(database, [undone, lambda: performed(database, "kept")])
    with pytest.raises(Busy, match=r"\(the transaction has ended\)"):
        first.result()
    assert second.result() == "kept" and names(database) == {"kept"}


def test_a_disk_that_is_full_is_told_to_all_whose_change_it_undid(database: Database, patient: None) -> None:
    def fill(running: Transaction) -> str:
        pages = running.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        running.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
        return add(running, "x" * 100_000)

    calls = [lambda: performed(database, "a"), lambda: database.perform(fill), lambda: performed(database, "b")]
    first, second, third = in_order(database, calls)

    with pytest.raises(Busy, match="full.* Nothing was changed"):
        second.result()
    kept = {one.result() for one in (first, third) if one.exception() is None}
    assert names(database) == kept and all(isinstance(one.exception(), Busy | None) for one in (first, third))


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (OperationalError("COMMIT", {}, dbapi2.OperationalError("database or disk is full")), "disk is full"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_a_commit_that_fails_is_told_to_all_who_shared_it(
    database: Database, patient: None, trouble: BaseException, reason: str
) -> None:
    others = iter([False])

    def fail(_connection: object) -> None:
        if next(others, True):  # but not of whom they wait for
            raise trouble

    calls = [lambda number=number: performed(database, f"node-{number}") for number in range(MANY)]
    found = all_at_once(database, calls, lambda: event.listen(database._writing, "commit", fail))  # type: ignore[arg-type]

    told = [one.exception() for one in found]
    assert sum(isinstance(one, Busy) for one in told) >= MANY - 1
    assert all(one is trouble or re.search(f"{reason}.* Nothing was changed", str(one)) for one in told)
    event.remove(database._writing, "commit", fail)
    assert names(database) == set()
    assert performed(database, "later") == "later"


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


def test_who_commits_while_the_disk_is_busy_waits_for_its_next_answer(database: Database, slow: SlowDisk) -> None:
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(written, database, "first")
        assert slow.begun.wait(PATIENCE_SECONDS)
        second = threads.submit(written, database, "second")
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


def test_once_the_disk_failed_its_later_word_counts_for_nothing(database: Database, slow: SlowDisk) -> None:
    slow.fails = True
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(written, database, "first")
        assert slow.begun.wait(PATIENCE_SECONDS)
        second = threads.submit(written, database, "second")
        until(lambda: names(database) == {"first", "second"})
        slow.goes_on.set()
        for one in (first, second):
            with pytest.raises(Unconfirmed):
                one.result(PATIENCE_SECONDS)


def test_writers_are_served_in_the_order_in_which_they_came(database: Database) -> None:
    order: list[str] = []

    def work(name: str) -> str:
        with database.write() as running:
            order.append(add(running, name))
        return name

    wanted = [f"node-{number}" for number in range(MANY)]
    in_order(database, [lambda name=name: work(name) for name in wanted])  # type: ignore[misc]
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
