"""The embedded runner: it finds work, is woken, prolongs its leases, survives a busy database, and stops."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import Database, Engine, Limits, jobs, messages, operations, worker
from engine.clock import SystemClock
from engine.errors import Busy
from engine.tables import job, message
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start
from tests.engine.test_messages import ON_PAID, PAID, catch

PATIENCE = 20.0


@pytest.fixture
def made(database: Database) -> Iterator[Callable[..., tuple[Engine, worker.Runner]]]:
    """Makes engines with a running runner; all are stopped afterwards."""
    runners: list[worker.Runner] = []

    def make(**kinds: Callable[[Engine, jobs.Lease], None]) -> tuple[Engine, worker.Runner]:
        limits = Limits(lease=timedelta(seconds=0.6))
        kit = Kit(database, limits=limits)
        engine = replace(kit.engine, clock=SystemClock(), job_kinds=kinds, wake=lambda: runners[-1].wake())
        runners.append(worker.Runner(engine))
        runners[-1].start()
        return engine, runners[-1]

    yield make
    for runner in runners:
        runner.stop()


def add(engine: Engine, kind: str) -> str:
    with engine.database.write() as transaction:
        transaction.after_commit(engine.wake)
        return jobs.add(transaction, kind, {}, engine.clock.now())


def settle(engine: Engine, lease: jobs.Lease) -> None:
    with engine.database.write() as transaction:
        jobs.take(transaction, lease)


def test_added_work_is_done_by_another_thread(made: Callable[..., tuple[Engine, worker.Runner]]) -> None:
    done, names = threading.Event(), []

    def note(engine: Engine, lease: jobs.Lease) -> None:
        names.append(threading.current_thread().name)
        settle(engine, lease)
        done.set()

    engine, _ = made(note=note)
    add(engine, "note")

    assert done.wait(PATIENCE) and names[0].startswith("jobs-")


def test_a_long_job_keeps_its_lease_and_is_done_once(made: Callable[..., tuple[Engine, worker.Runner]]) -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    count: list[int] = []

    def slow(engine: Engine, lease: jobs.Lease) -> None:
        count.append(1)
        begun.set()
        go_on.wait(PATIENCE)
        settle(engine, lease)
        ended.set()

    engine, _ = made(slow=slow)
    identity = add(engine, "slow")
    assert begun.wait(PATIENCE)
    first = lease_of(engine, identity)
    for _ in range(200):
        if lease_of(engine, identity) > first:
            break
        threading.Event().wait(0.1)

    assert lease_of(engine, identity) > first
    assert worker.free_expired(engine) == 0
    go_on.set()
    assert ended.wait(PATIENCE) and count == [1]


def lease_of(engine: Engine, identity: str) -> object:
    with engine.database.read() as connection:
        return connection.execute(select(job.c.lease_until).where(job.c.id == identity)).scalar_one()


def test_a_stopped_runner_takes_nothing_more(made: Callable[..., tuple[Engine, worker.Runner]]) -> None:
    taken: list[str] = []

    def note(engine: Engine, lease: jobs.Lease) -> None:
        taken.append(lease.id)
        settle(engine, lease)

    engine, runner = made(note=note)

    runner.stop()
    add(engine, "note")

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("jobs-") and thread.is_alive()]
    assert taken == [] and worker.run_due(engine) == 1


def test_work_for_which_the_database_was_not_there_is_given_back_uncounted(database: Database) -> None:
    def locked(engine: Engine, lease: jobs.Lease) -> None:
        raise Busy("The database is locked.")

    engine = replace(Kit(database).engine, job_kinds={"locked": locked})
    identity = add(engine, "locked")

    assert worker.run_due(engine, limit=3) == 3

    with database.read() as connection:
        row = operations.job_of(connection, identity)
    assert row is not None and (row.state, row.retries_left, row.attempt) == ("ready", 3, 1)


def test_a_living_runner_shows_itself_and_frees_the_jobs_of_a_dead_one(
    made: Callable[..., tuple[Engine, worker.Runner]], database: Database
) -> None:
    done = threading.Event()

    def note(engine: Engine, lease: jobs.Lease) -> None:
        settle(engine, lease)
        done.set()

    dead = replace(Kit(database, limits=Limits(lease=timedelta(seconds=-1))).engine, clock=SystemClock())
    add(dead, "note")
    assert jobs.claim(dead, "dead") is not None

    engine, _ = made(note=note)

    assert done.wait(PATIENCE)
    with engine.database.read() as connection:
        assert [row.kind for row in operations.nodes(connection)] == ["runner"]


def test_a_message_overlooked_in_the_same_instant_is_found_by_the_runner(sqlite: Database) -> None:
    body = start() + catch("paid", ON_PAID) + end() + chain("start", "paid", "end")
    kit = Kit(sqlite, files={"bpmn/wait.bpmn": drawing("wait", body, PAID)})
    messages.correlate(kit.engine, "paid", "case:1")
    with sqlite.write() as transaction:
        transaction.execute(message.update().values(state="taken"))
    run = kit.start("wait")
    with sqlite.write() as transaction:
        transaction.execute(message.update().values(state="kept"))
    runner = worker.Runner(kit.engine, threads=1)

    runner.start()
    for _ in range(200):
        if run.state != "running":
            break
        threading.Event().wait(0.1)
    runner.stop()

    assert run.ended_at("end")
