"""Two at the same moment: exactly one wins, and the other reads who and when."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from bench.race import Race
from engine import Database, instances, messages, user_tasks, verify, worker
from engine.errors import Conflict, EngineError
from engine.testing import Kit, Run
from tests.engine.demo import boundary, chain, drawing, end, start, timer, user
from tests.engine.test_messages import ON_PAID, PAID, catch


def test_twenty_processes_complete_one_task_and_one_of_them_wins(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)

    result = Race(url, runners=20).run(25)

    assert result.broken == []
    assert (result.wins, result.conflicts) == (25, 25 * 19)


def together(*actions: Callable[[], object]) -> list[str]:
    """Does all at the same moment, each in a thread; gives what each was told."""
    told, barrier = [""] * len(actions), threading.Barrier(len(actions))

    def act(number: int) -> None:
        barrier.wait(20)
        try:
            actions[number]()
            told[number] = "done"
        except EngineError as error:
            told[number] = f"{type(error).__name__}: {error}"

    threads = [threading.Thread(target=act, args=(number,)) for number in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def sound(kit: Kit) -> None:
    with kit.database.read() as connection:
        assert verify.check(kit.engine, connection) == []


GUARDED = drawing(
    "guarded",
    start() + user("work") + boundary("late", "work", timer("timeDuration", "P1D")) + end() + end("over")
    + chain("start", "work", "end") + chain("late", "over"),
)  # fmt: skip


def test_a_person_and_the_timer_that_takes_the_task_away_never_both_win(database: Database) -> None:
    kit = Kit(database, files={"bpmn/guarded.bpmn": GUARDED})
    ends = set()
    for number in range(15):
        run = kit.start("guarded", f"case:{number}")
        task = run.task_id("work")
        kit.clock.advance(timedelta(days=2))

        told = together(
            lambda task=task: user_tasks.complete(kit.engine, task, "rep", {}), lambda: worker.run_due(kit.engine)
        )

        worker.run_due(kit.engine)
        by_person = told[0] == "done"
        assert run.ended_at("end" if by_person else "over") and run.row()["outcome"] in ("end", "over"), told
        assert by_person or told[0].startswith("Conflict: Expected an open task, but the process already"), told
        assert told[1] == "done" and len(run.events("task.completed")) == by_person
        ends.add(run.row()["outcome"])
    sound(kit)


def test_a_person_and_the_withdrawal_of_the_record_never_both_win(database: Database) -> None:
    body = start() + user("work") + user("next") + end() + chain("start", "work", "next", "end")
    kit = Kit(database, files={"bpmn/plain.bpmn": drawing("plain", body)})
    for number in range(15):
        run = kit.start("plain", f"case:{number}")
        task, key = run.task_id("work"), f"case:{number}"

        told = together(
            lambda task=task: user_tasks.complete(kit.engine, task, "rep", {}),
            lambda key=key: messages.correlate(kit.engine, "record_withdrawn", key),
        )

        assert told[1] == "done" and told[0].split(":")[0] in ("done", "Conflict"), told
        assert run.state == "completed" and run.open_tasks() == []
        assert run.row()["outcome"] == "cx_end_cancelled"
    sound(kit)


def test_the_same_message_sent_twice_at_once_is_taken_once(database: Database) -> None:
    body = start() + catch("paid", ON_PAID) + catch("again", ON_PAID) + end() + chain("start", "paid", "again", "end")
    kit = Kit(database, files={"bpmn/wait.bpmn": drawing("wait", body, PAID)})
    for number in range(10):
        run, key = kit.start("wait", f"case:{number}"), f"case:{number}"

        def send(key: str = key) -> None:
            messages.correlate(kit.engine, "paid", key, message_id=f"bank-{key}")

        told = together(send, send, send)

        assert told == ["done"] * 3 and len(run.events("message.received")) == 1 and run.state == "running"
    sound(kit)


BOTH = drawing(
    "both",
    f'<startEvent id="start" parallelMultiple="true">{ON_PAID}{ON_PAID.replace("paid", "sent")}</startEvent>'
    + user("work") + end() + chain("start", "work", "end"),
    PAID + '<message id="m_sent" name="sent"/>',
)  # fmt: skip


def test_the_messages_that_begin_a_process_together_begin_it_once_also_at_the_same_moment(database: Database) -> None:
    """A start event that needs several messages begins with the first and waits for the others (BPMN 2.0, 10.4.2)."""
    kit = Kit(database, files={"bpmn/both.bpmn": BOTH})
    for number in range(15):
        key = f"case:{number}"

        told = together(*(partial(messages.correlate, kit.engine, name, key) for name in ("paid", "sent")))

        with database.read() as connection:
            begun = [one.id for one in instances.for_record(connection, key)]
        assert told == ["done"] * 2 and len(begun) == 1
        assert Run(kit, begun[0]).open_tasks() == ["work"]
    sound(kit)


def test_a_process_that_shall_run_alone_starts_once_however_often_it_is_asked_for(database: Database) -> None:
    kit = Kit(database, files={"bpmn/guarded.bpmn": GUARDED})
    for number in range(5):
        key = f"case:{number}"

        def begin(key: str = key) -> None:
            instances.start(kit.engine, "guarded", key, {}, "rep", alone=True)

        told = together(begin, begin, begin, begin)

        assert sorted(one.split(":")[0] for one in told) == ["RunsAlready"] * 3 + ["done"], told
        assert f"it runs on {number} already" in max(told, key=len)
        with database.read() as connection:
            assert len(instances.for_record(connection, key)) == 1
    sound(kit)


def test_two_people_claim_one_task_and_one_of_them_has_it(database: Database) -> None:
    kit = Kit(database, files={"bpmn/guarded.bpmn": GUARDED})
    kit.engine.directory(None).groups["ann"] = ("rep",)  # type: ignore[arg-type, attr-defined]
    for number in range(10):
        task = kit.start("guarded", f"case:{number}").task_id("work")

        told = together(
            lambda task=task: user_tasks.claim(kit.engine, task, "rep"),
            lambda task=task: user_tasks.claim(kit.engine, task, "ann"),
        )

        assert sorted(one.split(":")[0] for one in told) == ["Conflict", "done"], told
        assert "has it" in max(told, key=len)


def test_two_workers_share_the_due_work_of_many_instances_without_doing_any_twice(database: Database) -> None:
    kit = Kit(database, files={"bpmn/guarded.bpmn": GUARDED})
    runs: list[Run] = [kit.start("guarded", f"case:{number}") for number in range(20)]
    kit.clock.advance(timedelta(days=2))

    told = together(*[lambda owner=owner: worker.run_due(kit.engine, owner=owner) for owner in ("one", "two", "three")])
    worker.run_due(kit.engine)

    assert told == ["done"] * 3
    assert [len(run.events("timer.fired")) for run in runs] == [1] * 20
    assert all(run.ended_at("over") for run in runs)
    sound(kit)


def test_a_stale_page_and_a_finished_task_are_told_apart(sqlite: Database) -> None:
    kit = Kit(sqlite, files={"bpmn/guarded.bpmn": GUARDED})
    task = kit.start("guarded").task_id("work")
    user_tasks.complete(kit.engine, task, "rep", {})

    with pytest.raises(Conflict, match="rep already made it completed at"):
        user_tasks.complete(kit.engine, task, "rep", {}, expect_version=1)
