"""Lanes as people meet them: a task in a lane is offered to the group of the innermost one (BPMN 2.0, 10.7)."""

import pytest

from engine import Database, user_tasks
from engine.errors import NotAllowed
from engine.tables import task_candidate
from engine.testing import Kit, People
from tests.engine.behaviour.play import drawing

GROUPS = {"sara": ("sales",), "chris": ("credit",)}


def offered(kit, run, element):
    """Whom an open task is offered to."""
    with kit.database.read() as connection:
        query = task_candidate.select().where(task_candidate.c.task_id == run.task_id(element))
        return [(row["kind"], row["name"]) for row in connection.execute(query).mappings()]


def test_the_tasks_of_a_lane_are_for_its_group(sqlite: Database) -> None:
    kit = Kit(sqlite, files={"bpmn/lanes.bpmn": drawing(__file__, "lanes").xml}, people=People(groups=GROUPS))
    run = kit.start("lanes")

    assert offered(kit, run, "offer") == [("group", "sales")]
    with pytest.raises(NotAllowed):
        user_tasks.complete(kit.engine, run.task_id("offer"), "chris", {})
    run.complete("offer", by="sara")
    assert offered(kit, run, "check") == [("group", "credit")]
    run.complete("check", by="chris")
    assert run.ended_at("end")
