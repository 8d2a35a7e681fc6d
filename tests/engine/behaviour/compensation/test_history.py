"""Compensation in the whole engine: handlers are jobs, may fail, and the history tells each step (BPMN 2.0, 10.6)."""

from pathlib import Path

import pytest

from engine import Database
from engine.contract import BpmnError, Done, Outcome, TaskContext, handler
from engine.errors import Sentence
from engine.testing import Kit, Run

FAILS: list[str] = []


@handler("do_it")
def do_it(context: TaskContext[object]) -> Outcome:
    if context.element in FAILS:
        return BpmnError("FAILED", Sentence("It cannot be undone any more."))
    return Done({"undone": context.element})


def kit(database: Database, name: str) -> Kit:
    file = Path(__file__).parent / f"{name}.bpmn"
    return Kit(database, handlers=[do_it], files={f"bpmn/{name}.bpmn": file.read_bytes()})


@pytest.fixture
def trip(database: Database) -> Run:
    run = kit(database, "trip").start("trip")
    run.complete("hotel")
    run.complete("flight")
    return run


def test_what_undoes_is_offered_and_told_like_any_other_task(trip: Run) -> None:
    trip.complete("ask", undo="all")

    assert trip.open_tasks() == ["cancel_flight"]
    trip.complete("cancel_flight", fee=20)
    trip.complete("cancel_hotel")
    assert trip.open_tasks() == ["ask"]
    assert trip.path()[-5:] == ["flight_undone", "cancel_flight", "hotel_undone", "cancel_hotel", "undo_all"]
    assert trip.variables["fee"] == 20
    done = [event.element for event in trip.events("task.completed")]
    assert done == ["hotel", "flight", "ask", "cancel_flight", "cancel_hotel"]


def test_a_service_undoes_by_its_handler(database: Database) -> None:
    run = kit(database, "failing").start("failing")

    run.complete("do")

    assert run.open_tasks() == ["never"]
    assert run.variables["undone"] == "undo_do"


def test_an_error_of_the_handler_that_undoes_is_caught_around_the_thrower(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.engine.behaviour.compensation.test_history.FAILS", ["undo_do"])
    run = kit(database, "failing").start("failing")

    run.complete("do")

    assert run.open_tasks() == ["repair"]
    run.complete("repair")
    assert run.ended_at("bad")
