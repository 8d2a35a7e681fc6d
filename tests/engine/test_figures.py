"""What reports are told of running processes and waiting tasks, counted by the database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from engine import Database
from engine.contract import WaitingFigure
from engine.figures import Kept
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, properties, start, user

ASK = user("ask", candidateGroups="rep", dueDate="P1D")
FIRST = drawing("first", start() + ASK + user("sign", assignee="boss") + end() + chain("start", "ask", "sign", "end"))


def test_tasks_wait_by_group_with_those_overdue_and_the_oldest(database: Database) -> None:
    kit = Kit(database, files={"bpmn/first.bpmn": FIRST})
    begun = kit.clock.now()
    kit.start("first", "deal:1")
    kit.start("first", "deal:2").complete("ask")
    kit.clock.advance(timedelta(days=2))
    kit.start("first", "deal:3")

    with database.read() as connection:
        found = Kept(kit.engine, connection).waiting(kit.clock.now())

    assert found == [WaitingFigure(None, 1, 0, begun), WaitingFigure("rep", 2, 1, begun)]


def test_instances_are_counted_by_state_and_those_done_in_the_period_with_their_hours(database: Database) -> None:
    kit = Kit(database, files={"bpmn/first.bpmn": FIRST})
    begun = kit.clock.now()
    done, before = kit.start("first", "deal:1"), kit.start("first", "deal:2")
    kit.start("first", "deal:3")
    before.complete("ask")
    before.complete("sign")
    kit.clock.advance(timedelta(hours=5))
    done.complete("ask")
    done.complete("sign")

    with database.read() as connection:
        (found,) = Kept(kit.engine, connection).processes(begun + timedelta(hours=1), begun + timedelta(days=1))

    assert (found.key, found.running, found.completed, found.cycle_hours) == ("first", 1, 1, (Decimal(5),))


def test_marked_steps_are_counted_in_the_period_without_reading_the_whole_history(sqlite: Database) -> None:
    star = properties(high_performing="true", skip_when="size = 1")
    drawn = drawing("first", start() + user("ask", star) + end() + chain("start", "ask", "end"))
    kit = Kit(sqlite, files={"bpmn/first.bpmn": drawn})
    begun = kit.clock.now()
    kit.start("first", "deal:1", size=2).complete("ask")
    kit.clock.advance(timedelta(days=1))
    kit.start("first", "deal:2", size=1)
    kit.start("first", "deal:3", size=2).complete("ask")
    asked: list[tuple[str, Any]] = []

    with sqlite.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
        (found,) = Kept(kit.engine, connection).processes(begun + timedelta(hours=1), begun + timedelta(days=2))
        text, values = next(one for one in asked if "history_event" in one[0])
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()

    assert (found.marked, found.skipped) == (2, 1)
    assert "SCAN history_event" not in str(plan)
