"""Where a text is mentioned: in the history, and in half-filled forms of open tasks."""

from datetime import timedelta

import pytest

from engine import mentions, user_tasks
from engine.testing import Kit, Run
from engine.transaction import Database
from tests.engine.demo import chain, drawing, end, start, user

MARK = '"file"'


@pytest.fixture
def run(database: Database) -> Run:
    steps = user("first") + user("second")
    drawn = drawing("ask", start() + steps + end() + chain("start", "first", "second", "end"))
    return Kit(database, files={"bpmn/ask.bpmn": drawn}).start("ask")


def found(run: Run, **since: object) -> list[int]:
    with run.kit.database.read() as connection:
        held = mentions.of(connection, MARK, **since)  # type: ignore[arg-type]
        return sorted(
            {one["papers"]["file"] for value in held for one in (value, value.get("values")) if one and "papers" in one}
        )


def test_drafts_count_while_their_task_is_open_and_answers_for_good(run: Run) -> None:
    user_tasks.save_draft(run.kit.engine, run.task_id("first"), "rep", {"papers": {"file": 1}})
    assert found(run) == [1]

    run.complete("first", "rep", papers={"file": 2})
    run.complete("second", "rep", papers={"file": 3})

    assert found(run) == [2, 3]


def test_only_what_came_from_a_moment_on_is_asked_for(run: Run) -> None:
    run.complete("first", "rep", papers={"file": 2})
    later = run.kit.clock.now() + timedelta(hours=1)
    assert found(run, since=later) == []

    run.kit.clock.advance(timedelta(hours=2))
    run.complete("second", "rep", papers={"file": 3})

    assert found(run, since=later) == [2, 3]
