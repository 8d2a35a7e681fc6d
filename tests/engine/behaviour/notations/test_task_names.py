"""Names of tasks for people that hold expressions (BPMN 2.0, 10.2.3; what Camunda 7 and Flowable make of `name`)."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from engine import Database
from engine.tables import user_task
from engine.testing import Kit
from tests.engine.behaviour.notations.playing import HERE, deployed, drawing, told


@pytest.fixture
def kit(sqlite: Database) -> Kit:
    return deployed(sqlite, "task-names")


def seen(run):
    """The names that people have seen, one for each task so far."""
    with run.kit.database.read() as connection:
        rows = connection.execute(select(user_task.c.element, user_task.c.names))
        return {element: json.loads(names).get("en") for element, names in rows}


def test_people_see_the_name_that_the_expression_gives(kit):
    run = kit.start("task-names", order={"id": 7}, customer="Acme", title="Call back")
    for step in ("review", "plain", "whole"):
        run.complete(step)

    assert seen(run) == {
        "review": "Review 7 of Acme",
        "plain": "Sign the contract",
        "whole": "Call back",
        "program": "Ask ${names.next()}",
    }


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        *[(nothing, "#{title}") for nothing in (None, "", " ", ["a"], {"a": 1})],
        *[(5, "5"), (Decimal("1E3"), "1000"), (True, "true"), (date(2026, 3, 5), "2026-03-05")],
        (timedelta(days=2), "P2D"),
    ],
)
def test_a_name_is_what_feel_writes_or_as_drawn_where_that_is_nothing_to_read(kit, title, shown):
    run = kit.start("task-names", title=title)
    for step in ("review", "plain"):
        run.complete(step)

    assert seen(run)["review"] == "Review  of nobody" and seen(run)["whole"] == shown


def test_what_is_worked_out_and_what_is_not_is_told():
    found = told("task-names")

    assert [(element, severity) for element, severity, _ in found] == [
        ("review", "info"),
        ("review", "info"),
        ("program", "warning"),
    ]
    assert "as ${string join" in found[1][2] and "only the name of a task is worked out" in found[0][2]
    assert "people see it as it is written" in found[2][2]


def test_the_diagram_keeps_the_name_as_drawn():
    names = {one.get("id"): one.get("name") for one in drawing(HERE, "task-names").root.iter("{*}userTask")}

    assert names["whole"] == "#{title}"
