"""Texts of expressions with a character that databases do not keep: nobody's name, and shown as unreadable."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine import Database
from engine.tables import task_candidate, user_task
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user


@pytest.mark.parametrize("name", ["assignee", "candidateUsers", "candidateGroups"])
def test_a_name_with_it_is_nobodys(database: Database, name: str) -> None:
    task = user("work", **{name: "${people}"})
    kit = Kit(
        database, files={"bpmn/demo.bpmn": drawing("demo", start() + task + end() + chain("start", "work", "end"))}
    )

    run = kit.start("demo", people="re\0p")

    assert run.open_tasks() == ["work"]
    with kit.database.read() as connection:
        assert connection.execute(select(task_candidate.c.name)).scalars().all() == ["ops"]


def test_what_a_task_is_about_shows_it_as_unreadable(database: Database) -> None:
    body = start() + user("work", candidateGroups="rep") + end() + chain("start", "work", "end")
    kit = Kit(database, files={"bpmn/demo.bpmn": drawing("demo", body)})

    kit.start("demo", record_name="Pumps\0")

    with kit.database.read() as connection:
        assert connection.execute(select(user_task.c.subject)).scalar_one() == "Pumps\ufffd"
