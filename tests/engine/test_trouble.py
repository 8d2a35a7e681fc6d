"""The database locked, full or gone, the process killed: a sentence that says so, and nothing lost or half done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from engine import Database, jobs, transaction, user_tasks, verify, work
from engine.contract import Done, Fail, Outcome, TaskContext, handler
from engine.errors import Busy, Sentence
from engine.testing import Kit, Run
from tests import databases
from tests.engine.demo import chain, drawing, end, service, start, user

FORK = multiprocessing.get_context("fork")
DURING: list[Callable[[TaskContext[object]], object]] = []


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    for trouble in DURING:
        trouble(context)
    return Done({"acted": True})


@handler("demo.later")
def later(context: TaskContext[object]) -> Outcome:
    return Done() if context.attempt > 1 else Fail(Sentence("not yet"))


BODY = start() + user("first") + service("act", "demo.act") + end() + chain("start", "first", "act", "end")
WAITS = start() + service("act", "demo.later") + end() + chain("start", "act", "end")
FILES = {"bpmn/demo.bpmn": drawing("demo", BODY), "bpmn/waits.bpmn": drawing("waits", WAITS)}


def begin(database: Database, key: str = "demo") -> Run:
    DURING.clear()
    return Kit(database, handlers=[act, later], files=FILES).start(key)


def untouched(run: Run) -> bool:
    DURING.clear()
    assert run.open_tasks() == ["first"] and run.state == "running" and run.events("task.completed") == []
    with run.kit.database.read() as connection:
        assert verify.check(run.kit.engine, connection) == []
    run.complete("first")
    return run.ended_at("end")


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(transaction, "LOCK_WAIT_SECONDS", 0.2)
    return Database(f"sqlite:///{tmp_path / 'test.db'}")


def test_a_locked_database_is_told_and_the_same_answers_work_a_moment_later(impatient: Database) -> None:
    run = begin(impatient)
    other = dbapi2.connect(str(impatient.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy, match="cannot take the change now .*locked.* Nothing was changed"):
        run.complete("first")

    other.execute("ROLLBACK")
    other.close()
    assert untouched(run)
    impatient.dispose()


def test_a_job_that_found_the_database_locked_is_done_later_and_costs_no_try(impatient: Database) -> None:
    run = begin(impatient, "waits")
    run.kit.clock.advance(run.kit.engine.limits.retry_delays[0])
    lease = jobs.claim(run.kit.engine, "one")
    assert lease is not None
    other = dbapi2.connect(str(impatient.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy):  # not even giving the job back is possible; its lease runs out
        work.do(run.kit.engine, lease)

    other.execute("ROLLBACK")
    other.close()
    assert work.do(run.kit.engine, lease) and run.ended_at("end")
    assert [event.detail["attempt"] for event in run.events("step.failed")] == [1]
    impatient.dispose()


@pytest.fixture
def impatient_postgresql(
    postgresql_server: databases.Server | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """A PostgreSQL database that waits only a moment for locks: SQLite has no connection that could break."""
    monkeypatch.setattr(transaction, "LOCK_WAIT_SECONDS", 0.5)
    with databases.needed(postgresql_server).database() as url:
        made = Database(url)
        yield made
        made.dispose()


def test_a_waiting_postgresql_gives_up_after_a_while(impatient_postgresql: Database) -> None:
    run = begin(impatient_postgresql)
    with impatient_postgresql.engine.connect() as other:
        other.execute(text("SELECT 1 FROM process_instance FOR UPDATE"))
        with pytest.raises(Busy, match="lock timeout"):
            run.complete("first")

    assert untouched(run)


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite: Database) -> None:
    run = begin(sqlite)
    with sqlite.write() as writing:
        pages = writing.connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill(context: TaskContext[object]) -> None:
        context.session.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")  # type: ignore[attr-defined]

    DURING.append(fill)
    answers = {"note": "x" * 1_000_000}
    with pytest.raises(Busy, match="full"):
        user_tasks.complete(run.kit.engine, run.task_id("first"), "rep", answers)

    sqlite.dispose()
    assert untouched(run)


def test_a_connection_that_breaks_in_the_middle_is_told_and_the_next_command_works(
    impatient_postgresql: Database,
) -> None:
    run = begin(impatient_postgresql)

    def cut(context: TaskContext[object]) -> None:
        pid = context.session.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()  # type: ignore[attr-defined]
        with impatient_postgresql.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            other.commit()

    DURING.append(cut)
    with pytest.raises(Busy, match="Nothing was changed"):
        run.complete("first")

    assert untouched(run)


def test_every_connection_lost_between_two_commands_is_not_noticed(impatient_postgresql: Database) -> None:
    run = begin(impatient_postgresql)
    admin = Database(impatient_postgresql.url.render_as_string(hide_password=False))
    with admin.engine.connect() as other:
        mine = "datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}"))
    admin.dispose()

    assert untouched(run)


def test_a_local_handler_that_hangs_dies_with_its_process_and_leaves_nothing(database: Database) -> None:
    run = begin(database)
    task = run.task_id("first")
    ours, theirs = FORK.Pipe(duplex=False)

    def hang(context: TaskContext[object]) -> None:
        context.session.execute(text("UPDATE process_instance SET business_key = 'half done'"))  # type: ignore[attr-defined]
        theirs.send("hanging")
        time.sleep(600)

    DURING.append(hang)
    database.dispose()
    child = FORK.Process(target=user_tasks.complete, args=(run.kit.engine, task, "rep", {}), daemon=True)
    child.start()
    assert ours.poll(60) and ours.recv() == "hanging"
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    for pipe in (ours, theirs):
        pipe.close()

    assert run.row()["business_key"] == "case:1"
    assert untouched(run)
