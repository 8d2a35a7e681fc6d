"""The invariant checker: each rule that somebody breaks is named, and a sound database is not blamed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Delete, Insert, Update, delete, insert, select, text, update

from engine import Database, verify
from engine.contract import Done, Fail, Outcome, TaskContext, handler
from engine.errors import Sentence
from engine.tables import history_event, job, process_instance, subscription, user_task
from engine.testing import Kit, Run
from tests.engine.demo import boundary, chain, drawing, end, service, start, timer, user
from tests.engine.test_messages import ON_PAID, PAID, catch


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    return Done() if context.variables.get("works") else Fail(Sentence("not yet"))


SPLIT = '<parallelGateway id="split"/>'
BODY = (
    start()
    + SPLIT
    + user("work")
    + boundary("late", "work", timer("timeDuration", "P1D"), interrupting=False)
    + catch("paid", ON_PAID)
    + service("act", "demo.act")
    + "".join(end(name) for name in ("done", "over", "settled", "acted"))
    + chain("start", "split", "work", "done")
    + chain("split", "paid", "settled")
    + chain("split", "act", "acted")
    + chain("late", "over")
)


@pytest.fixture
def run(database: Database) -> Run:
    return Kit(database, handlers=[act], files={"bpmn/demo.bpmn": drawing("demo", BODY, PAID)}).start("demo")


def broken(run: Run) -> list[str]:
    with run.kit.database.read() as connection:
        return verify.check(run.kit.engine, connection)


def test_a_sound_instance_is_not_blamed_while_it_runs_and_after_it_ended(run: Run) -> None:
    assert broken(run) == []

    run.message("paid", works=True)
    run.pass_time(run.kit.engine.limits.retry_delays[0])
    run.complete("work")

    assert run.state == "completed" and broken(run) == []


Change = Callable[[Run], Insert | Update | Delete]


def doubled(run: Run, table: Any, *where: Any) -> Insert:
    with run.kit.database.read() as connection:
        row = dict(connection.execute(select(table).where(*where).limit(1)).mappings().one())
    return insert(table).values(**{**row, "id": "copy", "token": 9999})


RULES: dict[str, tuple[Change, str]] = {
    "a lost task": (lambda run: update(user_task).values(state="cancelled"), "has none of its tasks (stuck)"),
    "a lost timer": (lambda run: delete(job).where(job.c.kind == "timer"), "has none of its jobs (stuck)"),
    "a lost retry": (lambda run: delete(job).where(job.c.kind == "call"), "has none of its jobs (stuck)"),
    "a lost subscription": (lambda run: delete(subscription), "has none of its subscriptions (stuck)"),
    "a task too many": (lambda run: doubled(run, user_task), "tasks for token 9999, which does not wait (doubled)"),
    "a job too many": (lambda run: doubled(run, job), "jobs for token 9999, which does not wait (doubled)"),
    "a subscription too many": (
        lambda run: doubled(run, subscription),
        "subscriptions for token 9999, which does not wait (doubled)",
    ),
    "an altered history": (
        lambda run: update(history_event).where(history_event.c.seq == 2).values(actor="ghost"),
        "does not hold together at event 2",
    ),
    "an end that left work": (
        lambda run: update(process_instance).values(state="completed"),
        "has ended, but still has open",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), RULES.values(), ids=RULES)
def test_a_broken_rule_is_named(run: Run, change: Change, sentence: str) -> None:
    statement = change(run)
    with run.kit.database.write() as transaction:
        transaction.execute(statement)

    found = broken(run)

    assert any(sentence in line and run.instance_id in line for line in found), found


def test_a_task_offered_twice_for_one_step_is_named(run: Run) -> None:
    with run.kit.database.write() as transaction:
        row = dict(transaction.execute(select(user_task).limit(1)).mappings().one())
        transaction.execute(insert(user_task).values(**{**row, "id": "copy"}))

    assert any("(doubled)" in line for line in broken(run))


def test_an_instance_that_runs_but_waits_for_nothing_is_lost(run: Run) -> None:
    run.message("paid", works=True)
    run.pass_time(run.kit.engine.limits.retry_delays[0])
    run.complete("work")
    with run.kit.database.write() as transaction:
        transaction.execute(update(process_instance).values(state="running"))

    assert any("waits for nothing (lost)" in line for line in broken(run))


def test_two_running_jobs_of_one_instance_are_named(run: Run) -> None:
    with run.kit.database.write() as transaction:
        transaction.execute(text("DROP INDEX uq_job_running"))
        transaction.execute(update(job).values(state="leased"))

    assert broken(run) == [f"Two jobs of {run.instance_id} run at once."]


def test_a_state_that_cannot_be_read_is_named_and_the_others_are_still_checked(run: Run) -> None:
    other = run.kit.start("demo", "case:2")
    with run.kit.database.write() as transaction:
        mine = process_instance.c.id == run.instance_id
        transaction.execute(update(process_instance).where(mine).values(blob=b"broken"))
        transaction.execute(delete(subscription).where(subscription.c.instance_id == other.instance_id))

    found = broken(run)

    assert any(run.instance_id in line and "cannot be read" in line for line in found), found
    assert any(other.instance_id in line and "(stuck)" in line for line in found), found
