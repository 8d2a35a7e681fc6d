"""Attached files that nothing refers to are deleted at night, and no other."""

from datetime import timedelta
from typing import Any

import pytest

import bootstrap
from crm import files, leads
from engine import instances, mentions, schedules, user_tasks, worker
from tests.webapp.inbox.test_files import complete, kept, papers, task
from tests.webapp.world import KEY, START, World

__all__ = ["task"]
MONTH = files.UNUSED_KEPT + timedelta(days=1)


def tidy(world: World, after: timedelta = MONTH) -> None:
    """The night comes, so much later."""
    world.clock.advance(after)
    schedules.run_now(world.engine, "unused_files")
    while worker.run_due(world.engine):
        pass


def refused(world: World, task: str) -> None:
    """A file that came with a form which was not finished."""
    assert complete(world, task, why="", papers=papers(b"one")).status_code == 422


def cancel(world: World) -> None:
    with world.engine.database.read() as connection:
        (row,) = instances.running(connection)
    instances.cancel(world.engine, row.id, "ada.min", "not wanted")


def a_file(world: World, about: str = KEY) -> files.StoredFile:
    with world.application.database.write() as tx:
        return files.store(tx.connection, about, "offer.pdf", "application/pdf", b"one", by="lin.wei", at=START)


def test_a_file_of_a_form_that_nobody_finished_goes_after_a_month_and_not_before(world: World, task: str) -> None:
    refused(world, task)

    tidy(world, files.UNUSED_KEPT)
    assert kept(world) == ["offer 1.pdf"]
    tidy(world, timedelta(days=1))
    assert kept(world) == []


def test_a_file_of_a_draft_stays_until_its_task_is_given_up(world: World, task: str) -> None:
    refused(world, task)
    world.client("lin.wei").post(f"/tasks/{task}/draft", why="Later.", papers="1")

    tidy(world)
    assert kept(world) == ["offer 1.pdf"]
    cancel(world)
    tidy(world)
    assert kept(world) == []


def test_a_file_of_a_finished_form_stays_also_when_its_process_has_ended(world: World, task: str) -> None:
    complete(world, task, why="They asked.", papers=papers(b"one"))

    tidy(world, timedelta(days=1000))

    assert kept(world) == ["offer 1.pdf"]


def test_of_a_record_that_is_gone_only_what_the_history_tells_stays(world: World, task: str) -> None:
    complete(world, task, why="They asked.", papers=papers(b"one"))
    gone = "opportunity:OPP-4711"
    a_file(world, gone)

    tidy(world)

    assert kept(world) == ["offer 1.pdf"]


def test_a_file_that_a_record_names_stays(world: World) -> None:
    file = a_file(world, "user:ma.rket")
    with world.application.database.write() as tx:
        leads.create(
            tx.connection, "ma.rket", by="ma.rket", at=START, company="Delta", contact_name="Mr. Yu",
            phone_or_email="yu@delta.example", source="web", need="Rolls", document=[file.answer],
        )  # fmt: skip

    tidy(world)

    assert kept(world) == ["offer.pdf"]


def test_a_form_finished_while_the_history_is_read_keeps_its_file(
    world: World, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(world, task)
    whole = mentions.of

    def of(connection: Any, text: str, **more: Any) -> Any:
        found = list(whole(connection, text, **more))
        if "since" not in more:
            user_tasks.complete(world.engine, task, "lin.wei", {"why": "Now.", "papers": [answer]})
        return found

    with world.engine.database.read() as connection:
        answer = files.get(connection, 1).answer
    monkeypatch.setattr(bootstrap.mentions, "of", of)

    tidy(world)

    assert kept(world) == ["offer 1.pdf"]
