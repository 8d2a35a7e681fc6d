"""Files attached to a form: kept with the answer, also when the form is refused, and opened by the record's readers."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from crm.tables import stored_file
from engine import definitions, history, inbox
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.world import KEY, World

FORM = {
    "type": "default",
    "id": "attach.ask",
    "schemaVersion": 19,
    "components": [
        {"type": "textfield", "id": "f1", "key": "why", "label": "Why", "validate": {"required": True}},
        {"type": "filepicker", "id": "f2", "key": "papers", "label": "Papers", "multiple": True},
    ],
}
FILES = {
    "bpmn/attach.bpmn": drawing(
        "attach", start() + user("ask", assignee="lin.wei", formRef="attach.ask") + end() + chain("start", "ask", "end")
    ),
    "forms/attach.ask.form": json.dumps(FORM).encode(),
}


@pytest.fixture
def task(world: World) -> str:
    """An open task of lin.wei whose form takes files."""
    definitions.deploy(world.engine, FILES, None)
    instance = world.start("attach", business_key=KEY)
    with world.engine.database.read() as connection:
        (row,) = inbox.of_instance(connection, instance, world.engine.clock.now())
    return row.id


def papers(*contents: bytes) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(content), f"offer {number}.pdf") for number, content in enumerate(contents, start=1)]


def complete(world: World, task: str, **answers: Any) -> Any:
    return world.client("lin.wei").post(f"/tasks/{task}/complete", **answers)


def kept(world: World) -> list[str]:
    with world.engine.database.read() as connection:
        return list(connection.execute(select(stored_file.c.file_name).order_by(stored_file.c.id)).scalars())


def test_files_become_the_answer_and_can_be_opened_by_the_readers_of_the_record(world: World, task: str) -> None:
    answer = complete(world, task, why="They asked.", papers=papers(b"one", b"two"))

    assert answer.status_code == 302
    assert kept(world) == ["offer 1.pdf", "offer 2.pdf"]
    opened = world.client("chen.jie").get("/files/1")
    assert (opened.status_code, opened.data) == (200, b"one")
    assert "attachment" in opened.headers["Content-Disposition"]
    assert world.client("zhao.min").get("/files/1").status_code == 404
    assert world.client("ana.lyst").get("/records/opportunity/OPP-1001").status_code == 200
    assert world.client("ana.lyst").get("/files/1").status_code == 404  # parts of the record are closed to her


def test_a_refused_form_keeps_the_file_that_came_with_it(world: World, task: str) -> None:
    refused = complete(world, task, why="", papers=papers(b"one"))
    assert refused.status_code == 422
    assert re.search(r'name="papers" value="1" checked', refused.text)

    answer = complete(world, task, why="Now.", papers="1")

    assert answer.status_code == 302 and kept(world) == ["offer 1.pdf"]


def test_a_file_that_is_empty_is_refused_with_a_sentence_on_its_field(world: World, task: str) -> None:
    refused = complete(world, task, why="They asked.", papers=papers(b""))

    assert refused.status_code == 422
    assert "Expected a file of 1 byte to 10 MB" in refused.text and "They asked." in refused.text


def test_too_many_files_are_refused_with_their_number_and_none_is_dropped_silently(world: World, task: str) -> None:
    refused = complete(world, task, why="They asked.", papers=papers(*[b"one"] * 21))

    assert refused.status_code == 422 and kept(world) == []
    assert "Expected at most 20 files, but got 21." in refused.text


def test_the_id_of_another_records_file_is_not_taken(world: World, task: str) -> None:
    complete(world, task, why="", papers=papers(b"one"))
    other = world.start("attach", business_key="opportunity:OPP-1002")
    with world.engine.database.read() as connection:
        (row,) = inbox.of_instance(connection, other, world.engine.clock.now())

    complete(world, row.id, why="Mine.", papers="1")

    with world.engine.database.read() as connection:
        done = [event for event in history.of_instance(connection, other) if event.kind == "task.completed"]
    assert [event.detail["values"]["papers"] for event in done] == [[]]


def test_nobody_leaves_files_with_a_task_that_is_not_theirs(world: World, task: str) -> None:
    world.client("chen.jie").post(f"/tasks/{task}/complete", why="Mine.", papers=papers(b"one"))

    assert kept(world) == []
