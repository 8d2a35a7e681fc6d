"""Answers of a coaching talk within a measuring of many teams (catalogue 9): whose pages tell them."""

import pytest

from crm import measure_runs, users
from engine import definitions, user_tasks
from tests.engine.demo import chain, drawing, end, properties, start, user
from tests.webapp.steps import MANAGER, OPERATIONS, REP
from tests.webapp.world import START, World

OTHER_MANAGER = "gu.tao"
WORDS = "Ask more, tell less."
NUMBER = "MEA-0001"
FORM = "measure-sales-call-performance.coach_reps"


@pytest.fixture
def talk(world: World) -> str:
    """A talk with a rep, half written by the line manager, in a measuring that operations keep; the instance's id."""
    step = user("talk", properties(secret="coaching"), assignee=MANAGER, formRef=FORM)
    drawn = drawing("talks", start() + step + end() + chain("start", "talk", "end"))
    definitions.deploy(world.engine, {"bpmn/talks.bpmn": drawn}, None)
    with world.application.database.write() as tx:
        run = measure_runs.create(tx.connection, "call", "2026-02", OPERATIONS, by=OPERATIONS, at=START)
        _another_manager(tx.connection)
    instance = world.start("talks", f"measure_run:{run.number}", by=OPERATIONS)
    user_tasks.save_draft(world.engine, world.task("talk"), MANAGER, {"strengths": WORDS})
    return instance


def _another_manager(connection: object) -> None:
    who = {"name": "Gu Tao", "name_zh": "顾涛", "level": 1}
    users.create(connection, OTHER_MANAGER, ("mgr",), by="test", at=START, **who)  # type: ignore[arg-type]
    hashed = users.password_hash(connection, MANAGER)  # type: ignore[arg-type]
    users.set_password_hash(connection, OTHER_MANAGER, str(hashed), by="test", at=START)  # type: ignore[arg-type]


def told(world: World, login: str, instance: str) -> tuple[bool, bool]:
    """Whether the page of the task, and that of the instance, has what was said."""
    client, task = world.client(login), world.task("talk")
    pages = (client.get(f"/tasks/{task}").text, client.get(f"/instances/{instance}?all=1").text)
    return WORDS in pages[0], WORDS in pages[1]


def test_a_talk_under_way_is_open_to_its_manager_and_the_line_above_alone(world: World, talk: str) -> None:
    assert told(world, MANAGER, talk) == (True, False)
    assert world.client("wang.tao").get(f"/tasks/{world.task('talk')}").status_code == 200
    for login in (OTHER_MANAGER, OPERATIONS, "ana.lyst", REP):
        assert told(world, login, talk) == (False, False), login
        assert world.client(login).get(f"/tasks/{world.task('talk')}").status_code in (403, 404), login


def test_a_talk_that_was_held_is_told_to_no_other_manager(world: World, talk: str) -> None:
    goal = {"measure": "Calls", "target": "20", "date": "2026-04-01"}
    world.complete("talk", MANAGER, strengths=WORDS, focus="Plan", goals=[goal])

    for login in (OTHER_MANAGER, OPERATIONS, "ana.lyst", REP):
        assert told(world, login, talk) == (False, False), login


def test_another_manager_is_not_told_who_is_to_be_coached_nor_how_single_reps_do(world: World, talk: str) -> None:
    with world.application.database.write() as tx:
        run = measure_runs.get(tx.connection, NUMBER)
        pattern = {"view": "rep", "value": "lin.wei", "held": 7}
        measure_runs.change(tx.connection, run, {"patterns": [pattern]}, by=OPERATIONS, at=START)

    manager = world.client(OTHER_MANAGER).get(f"/records/measure_run/{run.number}")
    operations = world.client(OPERATIONS).get(f"/records/measure_run/{run.number}")

    assert manager.status_code == 200
    assert "Patterns" not in manager.text and "Patterns" in operations.text
