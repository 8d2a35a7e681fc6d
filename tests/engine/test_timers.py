"""Timers that operations set for themselves, in place of what a drawing says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import Database, timers
from engine.errors import InvalidForm
from engine.tables import setting, user_task
from engine.testing import Kit, Run
from tests.engine.demo import boundary, chain, drawing, end, start, timer, user

WORK = user("work", dueDate="P2D", candidateGroups="rep") + boundary("late", "work", timer("timeDuration", "P1D"))
DRAWING = drawing("demo", start() + WORK + end() + end("over") + chain("start", "work", "end") + chain("late", "over"))


@pytest.fixture
def kit(database: Database) -> Kit:
    return Kit(database, files={"bpmn/demo.bpmn": DRAWING})


def due_of(run: Run) -> timedelta:
    with run.kit.database.read() as connection:
        query = select(user_task.c.due_at, user_task.c.created_at).where(user_task.c.instance_id == run.instance_id)
        row = connection.execute(query).one()
    return row.due_at - row.created_at


def test_without_a_setting_the_drawing_counts(kit: Kit) -> None:
    run = kit.start("demo")

    assert due_of(run) == timedelta(days=2)
    run.pass_time(timedelta(hours=25))
    assert run.ended_at("over")


def test_a_setting_replaces_a_drawn_timer_for_those_who_come_later(kit: Kit) -> None:
    before = kit.start("demo")
    timers.configure(kit.engine, "ops", "demo", "late", "PT1H")
    after = kit.start("demo", "case:2")

    after.pass_time(timedelta(hours=2))

    assert after.ended_at("over") and before.open_tasks() == ["work"]


def test_a_setting_replaces_the_due_date_of_a_task(kit: Kit) -> None:
    timers.configure(kit.engine, "ops", "demo", "work", '=duration("PT6H")')

    assert due_of(kit.start("demo")) == timedelta(hours=6)


def test_a_setting_may_be_changed_and_removed(kit: Kit) -> None:
    for expression in ("PT1H", "R2/P1D", "2030-01-31T09:00:00Z", "${days}", "P7D", None):
        timers.configure(kit.engine, "ops", "demo", "late", expression)
    run = kit.start("demo")

    run.pass_time(timedelta(hours=25))

    assert run.ended_at("over")
    with kit.database.read() as connection:
        assert connection.execute(select(setting)).all() == []


def test_a_setting_that_is_no_time_is_refused_when_it_is_made(kit: Kit) -> None:
    beyond = ("P9999999Y", "R5/P9999999Y", '=now() + duration("P99999Y")', '=duration("P999999Y")')
    for wrong in ("soon", "=1 +", "P1", "7", "=7", "R3/", "R3/soon", "", "R/PT0S", "R/PT1S", "-P1D", *beyond):
        with pytest.raises(InvalidForm) as refused:
            timers.configure(kit.engine, "ops", "demo", "late", wrong)
        assert f"but got {wrong}." in str(refused.value.errors["expression"])

    assert kit.start("demo").open_tasks() == ["work"]


def test_who_set_what_stays_with_the_settings(kit: Kit) -> None:
    for who, expression in (("ops", "PT1H"), ("ops", "PT1H"), ("adm", "PT2H"), ("ops", None)):
        timers.configure(kit.engine, who, "demo", "late", expression)
        kit.clock.advance(timedelta(minutes=1))
    timers.configure(kit.engine, "ops", "demo", "work", "P3D")

    with kit.database.read() as connection:
        changes = timers.changes(connection, "demo")
        assert [(one.element, one.changed_by, one.before, one.after) for one in changes] == [
            ("work", "ops", None, "P3D"),
            ("late", "ops", "PT2H", None),
            ("late", "adm", "PT1H", "PT2H"),
            ("late", "ops", None, "PT1H"),
        ]
        assert timers.settings(connection, "demo") == {"work": "P3D"}
        assert timers.changes(connection, "dem") == []
