"""Claiming, releasing, reassigning and completing tasks."""

from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import select

from engine import Database, completion, inbox, user_tasks
from engine.contract import Done, Fail, Refuse, TaskContext, handler
from engine.errors import Conflict, InvalidForm, NotAllowed, Rejected, Sentence, Stuck
from engine.tables import user_task
from engine.testing import Kit, People, Run
from tests.engine.demo import chain, drawing, end, start, user

PEOPLE = People(groups={"ann": ("rep",), "bob": ("rep",), "cy": ("ops",), "dee": ("rep",)}, away={"ann": "cy"})
LISTENER = (
    '<extensionElements><camunda:taskListener event="complete" delegateExpression="demo.check"/></extensionElements>'
)


def demo(body: str) -> dict[str, bytes]:
    return {"bpmn/demo.bpmn": drawing("demo", body)}


@pytest.fixture
def run(database: Database) -> Run:
    body = start() + user("check") + end() + chain("start", "check", "end")
    return Kit(database, people=PEOPLE, files=demo(body)).start("demo", actor="ann")


def mine(run: Run, who: str, scope: str = "mine") -> list[str]:
    kit = run.kit
    with kit.database.read() as connection:
        directory = kit.engine.directory(connection)
        rows = inbox.tasks(connection, directory, who, kit.clock.now(), scope=scope)  # type: ignore[arg-type]
    return [row.element for row in rows]


def test_a_claimed_task_moves_from_the_group_to_its_owner(run: Run) -> None:
    assert mine(run, "ann", "groups") == mine(run, "bob", "groups") == ["check"]

    user_tasks.claim(run.kit.engine, run.task_id("check"), "ann")

    assert mine(run, "ann") == ["check"]
    assert mine(run, "bob", "groups") == []


def test_a_second_claim_names_who_has_the_task(run: Run) -> None:
    user_tasks.claim(run.kit.engine, run.task_id("check"), "ann")

    with pytest.raises(Conflict, match="ann has it"):
        user_tasks.claim(run.kit.engine, run.task_id("check"), "bob")


def test_a_released_task_is_offered_to_the_group_again(run: Run) -> None:
    task = run.task_id("check")
    user_tasks.claim(run.kit.engine, task, "ann")

    user_tasks.release(run.kit.engine, task, "ann")

    assert mine(run, "bob", "groups") == ["check"]


def test_somebody_outside_the_group_may_not_complete(run: Run) -> None:
    with pytest.raises(NotAllowed, match="for rep"):
        user_tasks.complete(run.kit.engine, run.task_id("check"), "nobody", {})

    assert run.open_tasks() == ["check"]


def test_a_substitute_works_the_task_and_both_names_are_kept(run: Run) -> None:
    user_tasks.claim(run.kit.engine, run.task_id("check"), "ann")

    user_tasks.complete(run.kit.engine, run.task_id("check"), "cy", {})

    (done,) = run.events("task.completed")
    assert (done.actor, done.on_behalf_of) == ("cy", "ann")


def test_the_second_completion_names_the_first_and_changes_nothing(run: Run) -> None:
    task = run.task_id("check")
    user_tasks.complete(run.kit.engine, task, "ann", {})

    with pytest.raises(Conflict, match="ann already made it completed at 2026-03-02"):
        user_tasks.complete(run.kit.engine, task, "bob", {})

    assert len(run.events("task.completed")) == 1


def test_a_stale_page_is_refused_by_its_version(run: Run) -> None:
    task = run.task_id("check")
    user_tasks.claim(run.kit.engine, task, "ann")

    with pytest.raises(Conflict, match="changed since"):
        user_tasks.complete(run.kit.engine, task, "ann", {}, expect_version=1)


def test_a_reassigned_task_belongs_to_the_new_person_alone(run: Run) -> None:
    user_tasks.reassign(run.kit.engine, run.task_id("check"), "cy", "dee")

    assert mine(run, "dee") == ["check"]
    with pytest.raises(NotAllowed, match="assigned to dee"):
        user_tasks.complete(run.kit.engine, run.task_id("check"), "bob", {})


def test_a_draft_survives_and_is_shown_again(run: Run) -> None:
    task = run.task_id("check")
    user_tasks.save_draft(run.kit.engine, task, "ann", {"note": "half a sen"})

    with run.kit.database.read() as connection:
        page = inbox.page(run.kit.engine, connection, task, "ann")

    assert page.draft == {"note": "half a sen"}


def listening(database: Database, outcome: object) -> Run:
    @handler("demo.check")
    def check(context: TaskContext[object]) -> object:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    body = start() + user("check", LISTENER, candidateGroups="rep") + end() + chain("start", "check", "end")
    return Kit(database, people=PEOPLE, handlers=[check], files=demo(body)).start("demo", actor="ann")


def test_a_completion_handler_adds_variables_before_the_token_moves(sqlite: Database) -> None:
    run = listening(sqlite, Done({"seen": True}))

    run.complete("check", "ann", amount=5)

    assert run.state == "completed"
    assert run.variables["seen"] is True and run.variables["amount"] == 5


def test_a_completion_handler_refuses_with_sentences_by_field(sqlite: Database) -> None:
    run = listening(sqlite, Refuse({"amount": Sentence("Too much.")}))

    with pytest.raises(InvalidForm) as refused:
        run.complete("check", "ann", amount=5)

    assert refused.value.errors == {"amount": Sentence("Too much.")}
    assert run.open_tasks() == ["check"]


@pytest.mark.parametrize("outcome", [Fail(Sentence("no answer")), KeyError("amount")])
def test_a_failing_completion_handler_changes_nothing_and_keeps_the_answers(sqlite: Database, outcome: object) -> None:
    run = listening(sqlite, outcome)

    with pytest.raises(user_tasks.HandlerFailed, match="kept as a draft"):
        run.complete("check", "ann", amount="5")

    with run.kit.database.read() as connection:
        page = inbox.page(run.kit.engine, connection, run.task_id("check"), "ann")
    assert page.draft == {"amount": "5"}
    assert run.events("task.completed") == []


def test_answers_are_not_put_aside_at_a_task_that_somebody_finished_meanwhile(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = listening(sqlite, KeyError("amount"))
    task, put_aside = run.task_id("check"), completion._put_aside

    def after_somebody(*given: Any) -> None:
        with sqlite.write() as transaction:
            transaction.execute(user_task.update().where(user_task.c.id == task).values(state="completed"))
        put_aside(*given)

    monkeypatch.setattr(completion, "_put_aside", after_somebody)
    with pytest.raises(user_tasks.HandlerFailed):
        run.complete("check", "ann", amount="5")

    with sqlite.read() as connection:
        assert connection.execute(select(user_task.c.draft).where(user_task.c.id == task)).scalar_one() is None


def test_a_task_for_groups_and_people_that_the_company_does_not_have_is_offered_to_operations_too(
    database: Database,
) -> None:
    work = user("asked", candidateGroups="accounting") + user("named", candidateUsers="kermit")
    body = start() + work + end() + chain("start", "asked", "named", "end")
    run = Kit(database, people=PEOPLE, files=demo(body)).start("demo", actor="ann")

    assert mine(run, "cy", "groups") == ["asked"]
    run.complete("asked", by="cy")
    assert mine(run, "cy", "groups") == ["named"]


def test_a_deployment_names_each_group_that_the_company_does_not_have_once(database: Database) -> None:
    work = user("a", candidateGroups="accounting, ops") + user("b", candidateGroups="accounting")
    kit = Kit(database, people=PEOPLE)

    deployed = kit.deploy(demo(start() + work + end() + chain("start", "a", "b", "end")))

    (told,) = [one for one in deployed.warnings if one.rule == "performers"]
    assert told.element == "a"
    assert str(told.message) == "Expected a to name a group of the company (ops, rep), but accounting is none of them."


def test_a_company_without_groups_is_not_told_that_it_lacks_one(sqlite: Database) -> None:
    body = start() + user("a", candidateGroups="accounting") + end() + chain("start", "a", "end")

    deployed = Kit(sqlite, people=People(groups={"ann": ()})).deploy(demo(body))

    assert [one for one in deployed.warnings if one.rule == "performers"] == []


@pytest.mark.parametrize(
    ("drawn", "due"),
    [
        ("2026-04-01", "2026-04-01T09:00:00+00:00"),
        ("2026-04-01T09:30", "2026-04-01T09:30:00+00:00"),
        ("2026-04-01T09:00@Asia/Shanghai", "2026-04-01T01:00:00+00:00"),
        ("P1M1D", "2026-04-03T09:00:00+00:00"),
        ("P1Y2W", "2027-03-16T09:00:00+00:00"),
    ],
)
def test_due_dates_are_read_as_timers_are(sqlite: Database, drawn: str, due: str) -> None:
    body = start() + user("pay", dueDate=drawn) + end() + chain("start", "pay", "end")
    run = Kit(sqlite, people=PEOPLE, files=demo(body)).start("demo", actor="ann")

    with run.kit.database.read() as connection:
        row = connection.execute(user_task.select()).mappings().one()
    assert row["due_at"].astimezone(UTC).isoformat() == due


@pytest.mark.parametrize("drawn", ["2026-02-30", "2026-04-01T25:00", "R3/PT10M", "0 9 * * *", "P999999999W", "P9999Y"])
def test_a_due_date_that_is_none_is_refused_when_it_is_drawn_and_told_when_it_comes_from_a_variable(
    sqlite: Database, drawn: str
) -> None:
    body = start() + user("pay", dueDate=drawn) + end() + chain("start", "pay", "end")
    kit = Kit(sqlite, people=PEOPLE)
    with pytest.raises(Rejected, match="camunda:dueDate"):
        kit.deploy(demo(body))
    kit.deploy(demo(body.replace(drawn, "${due}")))

    with pytest.raises(Stuck, match="gave"):
        kit.start("demo", actor="ann", due=drawn)
