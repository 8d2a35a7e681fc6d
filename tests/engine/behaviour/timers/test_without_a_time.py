"""A timer on a border whose expression gives no time: told, and an incident where a variable was never set (10.4.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import Database, incidents, timers
from engine.errors import Stuck
from engine.testing import Kit
from tests.engine.demo import boundary, chain, drawing, end, start, timer, user

WORK = user("first") + user("work") + boundary("late", "work", timer("timeDate", "${deadline}"))
FLOWS = chain("start", "first", "work", "end") + chain("late", "over")
DRAWING = drawing("demo", start() + WORK + end() + end("over") + FLOWS)


@pytest.fixture
def kit(sqlite: Database) -> Kit:
    return Kit(sqlite, files={"bpmn/demo.bpmn": DRAWING})


def test_a_deadline_that_was_left_open_stands_in_the_history(kit: Kit) -> None:
    run = kit.start("demo", deadline=None)
    run.complete("first")

    assert run.open_tasks() == ["work"] and run.events("timer.armed") == []
    (told,) = run.events("timer.unset")
    assert (told.element, told.detail["expression"]) == ("late", "deadline")


def test_a_deadline_that_nothing_has_set_is_an_incident_until_the_timer_has_a_time(kit: Kit) -> None:
    run = kit.start("demo")
    with pytest.raises(Stuck, match="the timer 'late', but 'deadline' gave null, because nothing has set 'deadline'"):
        run.complete("first")
    with kit.database.read() as connection:
        (incident,) = incidents.listing(connection)
    assert (incident.code, incident.element) == ("TIMER", "late") and run.open_tasks() == ["first"]

    timers.configure(kit.engine, "ops", "demo", "late", "P2D")
    run.complete("first")
    run.pass_time(timedelta(days=3))

    assert run.ended_at("over")
    with kit.database.read() as connection:
        assert incidents.listing(connection) == []
