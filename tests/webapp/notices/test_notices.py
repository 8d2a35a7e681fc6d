"""The list of notices and the badge."""

import re

import pytest

from engine import notices
from engine.contract import Notice
from engine.errors import Sentence
from tests.webapp.world import START, World


@pytest.fixture
def told(world: World) -> World:
    """The manager was told two things, the rep one."""
    with world.application.database.write() as tx:
        directory = world.engine.directory(tx.connection)
        ask = Sentence("Please decide: %(subject)s.", subject="<b>Mill</b>")
        due = Sentence("A task is due: %(subject)s.", subject="Mill")
        notices.send(tx, directory, START, [Notice("chen.jie", None, ask)], "/tasks/1")
        notices.send(tx, directory, START, [Notice("chen.jie", None, due), Notice("lin.wei", None, due)])
    return world


def badge(page: str) -> str:
    return re.search(r"data-unread-count[^>]*>(\d+)<", page)[1]  # type: ignore[index]


def ids(page: str) -> list[str]:
    return re.findall(r'action="/notices/(\w{32})/read"', page)


def test_the_badge_counts_what_was_not_read(told: World) -> None:
    assert badge(told.client("chen.jie").get("/inbox").text) == "2"
    assert badge(told.client("zhao.min").get("/inbox").text) == "0"


def test_notices_are_sentences_in_the_readers_language_without_markup(told: World) -> None:
    client = told.client("chen.jie")
    client.post("/language", language="zh-Hans")

    page = client.get("/notices/").text

    assert "请审批：&lt;b&gt;Mill&lt;/b&gt;。" in page
    assert 'href="/tasks/1"' in page


def test_one_notice_is_marked_read(told: World) -> None:
    client = told.client("chen.jie")
    first = ids(client.get("/notices/").text)[0]

    assert client.post(f"/notices/{first}/read").status_code == 302

    assert badge(client.get("/notices/").text) == "1"
    assert len(ids(client.get("/notices/?unread=1").text)) == 1


def test_all_notices_are_marked_read(told: World) -> None:
    client = told.client("chen.jie")

    client.post("/notices/read")

    assert badge(client.get("/notices/").text) == "0"
    assert "There is nothing new for you." in client.get("/notices/?unread=1").text


def test_a_script_gets_the_new_count(told: World) -> None:
    client = told.client("chen.jie", Accept="application/json")
    first = ids(told.client("chen.jie").get("/notices/").text)[0]

    assert client.post(f"/notices/{first}/read").json == {"unread": 1}


def test_nobody_reads_or_marks_the_notices_of_others(told: World) -> None:
    theirs = ids(told.client("chen.jie").get("/notices/").text)[0]
    client = told.client("lin.wei")

    client.post(f"/notices/{theirs}/read")

    assert "Mill</b>" not in client.get("/notices/").text
    assert badge(told.client("chen.jie").get("/inbox").text) == "2"
