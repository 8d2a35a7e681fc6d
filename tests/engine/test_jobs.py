"""Jobs: retries, incidents and their repair, remote handlers, fences, dead workers."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from engine import Database, Limits, incidents, jobs, repairs, user_tasks, work, worker, writers
from engine.contract import BpmnError, Done, Fail, Outcome, Snooze, TaskContext, handler
from engine.errors import Sentence, Stuck
from engine.tables import job, metadata
from engine.testing import Kit, Run
from tests.engine.demo import boundary, chain, drawing, end, flow, service, start, user

SCRIPT: list[object] = []


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    outcome = SCRIPT.pop(0) if SCRIPT else Done({"acted": context.attempt})
    if isinstance(outcome, Exception):
        raise outcome
    return outcome  # type: ignore[return-value]


@handler("demo.far", kind="remote", timeout=timedelta(seconds=20))
def far(context: TaskContext[object]) -> Outcome:
    return Done({"where": f"{context.variables['amount']} in another process", "pid": os.getpid()})


@handler("demo.hang", kind="remote", timeout=timedelta(seconds=0.5))
def hang(context: TaskContext[object]) -> Outcome:
    time.sleep(60)
    return Done()


@handler("demo.die", kind="remote", timeout=timedelta(seconds=20))
def die(context: TaskContext[object]) -> Outcome:
    os._exit(3)


ERROR = '<error id="err" errorCode="NO_STOCK" name="NO_STOCK"/>'
CATCH = '<errorEventDefinition errorRef="err"/>'


def begin(database: Database, topic: str, limits: Limits | None = None) -> Run:
    body = (
        start()
        + user("first")
        + service("act", topic)
        + boundary("caught", "act", CATCH)
        + end()
        + end("end_caught")
        + chain("start", "first", "act", "end")
        + flow("caught", "end_caught")
    )
    files = {"bpmn/demo.bpmn": drawing("demo", body, ERROR)}
    kit = Kit(database, handlers=[act, far, hang, die], files=files, limits=limits)
    return kit.start("demo", amount=7)


def open_incidents(run: Run) -> list[incidents.IncidentRow]:
    with run.kit.database.read() as connection:
        return incidents.listing(connection)


def test_a_raising_handler_keeps_the_completion_and_is_tried_again_until_it_works(database: Database) -> None:
    SCRIPT[:] = [KeyError("price"), Fail(Sentence("no price"))]
    run = begin(database, "demo.act")

    run.complete("first")
    assert run.open_tasks() == [] and run.state == "running"
    run.pass_time(timedelta(minutes=7))

    assert run.ended_at("end")
    assert run.variables["acted"] == 3
    assert [event.detail["attempt"] for event in run.events("step.failed")] == [1, 2]


def test_after_the_last_try_operations_get_an_incident_and_repair_it(database: Database) -> None:
    SCRIPT[:] = [Fail(Sentence("no price"))] * 4
    run = begin(database, "demo.act")
    run.complete("first")
    run.pass_time(timedelta(hours=2))
    (found,) = open_incidents(run)
    assert "no price" in str(found.sentence) and found.element == "act"

    repairs.retry(run.kit.engine, found.id, "ops", {"price": 5})

    assert run.ended_at("end") and run.variables["price"] == 5
    assert open_incidents(run) == []


def test_a_repair_that_fails_again_says_so_and_the_incident_stays(sqlite: Database) -> None:
    SCRIPT[:] = [Fail(Sentence("no price"), retry=False), Fail(Sentence("still no price"), retry=False)]
    run = begin(sqlite, "demo.act")
    run.complete("first")
    (found,) = open_incidents(run)

    with pytest.raises(repairs.StillFailing, match="still no price"):
        repairs.retry(run.kit.engine, found.id, "ops")

    assert [row.id for row in open_incidents(run)] == [found.id]


def test_a_business_error_takes_the_boundary_and_is_no_incident(database: Database) -> None:
    SCRIPT[:] = [BpmnError("NO_STOCK", Sentence("Sold out."))]
    run = begin(database, "demo.act")

    run.complete("first")

    assert run.ended_at("end_caught")
    assert open_incidents(run) == []


def test_a_business_error_that_nothing_catches_is_an_incident(sqlite: Database) -> None:
    SCRIPT[:] = [BpmnError("OTHER", Sentence("Strange."))]
    run = begin(sqlite, "demo.act")

    run.complete("first")

    assert [row.code for row in open_incidents(run)] == ["OTHER"]
    assert run.state == "running"


def test_a_snoozing_handler_comes_back_without_costing_a_try(sqlite: Database) -> None:
    SCRIPT[:] = [Snooze(timedelta(hours=4), "no size yet")]
    run = begin(sqlite, "demo.act")

    run.complete("first")
    run.pass_time(timedelta(hours=3))
    assert run.state == "running"
    run.pass_time(timedelta(hours=2))

    assert run.ended_at("end") and run.variables["acted"] == 1


def test_a_remote_handler_runs_in_another_process_after_the_commit(database: Database) -> None:
    run = begin(database, "demo.far")

    run.complete("first")

    assert run.ended_at("end")
    assert run.variables["where"] == "7 in another process"
    assert run.variables["pid"] != os.getpid()


def test_a_remote_handler_acts_on_what_no_loss_of_power_undoes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(database.engine)
    run = begin(database, "demo.far")
    user_tasks.complete(run.kit.engine, run.task_id("first"), "rep", {})
    lease = jobs.claim(run.kit.engine, "one")
    assert lease is not None and database._writers is not None
    done: list[str] = []
    really = work.remote.run
    monkeypatch.setattr(writers, "write_through", lambda _log: done.append("kept"))
    monkeypatch.setattr(work.remote, "run", lambda *given: (done.append("acted"), really(*given))[1])

    database._writers.committed()  # somebody's change, not confirmed yet
    assert work.do(run.kit.engine, lease)

    assert done[:2] == ["kept", "acted"] and run.variables["where"] == "7 in another process"
    database.dispose()


@pytest.mark.parametrize(("topic", "reason"), [("demo.hang", "no answer within"), ("demo.die", "without an answer")])
def test_a_remote_handler_that_hangs_or_dies_is_a_failed_try(sqlite: Database, topic: str, reason: str) -> None:
    run = begin(sqlite, topic)

    run.complete("first")

    (failed,) = run.events("step.failed")
    assert reason in failed.detail["reason"]


def a_due_job(run: Run) -> jobs.Lease:
    lease = jobs.claim(run.kit.engine, "one")
    assert lease is not None
    return lease


@pytest.fixture
def waiting(sqlite: Database) -> Run:
    SCRIPT[:] = [Fail(Sentence("later"))]
    run = begin(sqlite, "demo.act")
    run.complete("first")
    run.kit.clock.advance(timedelta(minutes=2))
    return run


def test_a_claimed_job_is_given_to_nobody_else(waiting: Run) -> None:
    a_due_job(waiting)

    assert jobs.claim(waiting.kit.engine, "two") is None


def test_a_result_with_an_old_fence_is_dropped(waiting: Run) -> None:
    first = a_due_job(waiting)
    expire(waiting)
    second = a_due_job(waiting)

    work.do(waiting.kit.engine, first)
    assert waiting.state == "running"
    work.do(waiting.kit.engine, second)

    assert second.fence > first.fence and waiting.ended_at("end")


def expire(run: Run) -> None:
    with run.kit.database.write() as transaction:
        past = jobs.database_now(transaction.connection) - timedelta(minutes=1)
        transaction.execute(update(job).where(job.c.state == "leased").values(lease_until=past))
    worker.free_expired(run.kit.engine)


def test_a_job_that_keeps_killing_its_worker_becomes_an_incident(waiting: Run) -> None:
    for _ in range(waiting.kit.engine.limits.crashes_before_incident):
        a_due_job(waiting)
        expire(waiting)

    assert jobs.claim(waiting.kit.engine, "next") is None
    assert [row.code for row in open_incidents(waiting)] == ["WORKER_KILLED"]


def test_the_database_itself_refuses_two_running_jobs_of_one_instance(waiting: Run) -> None:
    lease = a_due_job(waiting)
    with waiting.kit.database.read() as connection:
        row = dict(connection.execute(select(job).where(job.c.id == lease.id)).mappings().one())

    with pytest.raises(IntegrityError), waiting.kit.database.write() as transaction:
        transaction.execute(job.insert(), {**row, "id": "copy"})


def test_an_endless_automatic_loop_is_stopped_and_named(sqlite: Database) -> None:
    body = (
        start()
        + user("first")
        + service("act", "demo.act")
        + '<exclusiveGateway id="gw" default="gw_act"/>'
        + end()
        + chain("start", "first", "act", "gw", "act")
        + flow("gw", "end", "1 = 2")
    )
    kit = Kit(sqlite, handlers=[act], files={"bpmn/demo.bpmn": drawing("demo", body)}, limits=Limits(200))
    run = kit.start("demo")

    with pytest.raises(Stuck, match="act"):
        run.complete("first")
    assert run.open_tasks() == ["first"]
