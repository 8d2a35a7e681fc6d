"""A large draft is looked at beside the requests: its page answers at once, and shows what was found when it is."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask

from engine import drafts
from tests.webapp.modeler.editing import only_draft
from tests.webapp.modeler.test_bringing import bring, large
from tests.webapp.steps import ADMINISTRATOR, ANALYST, text
from tests.webapp.world import Client, World
from webapp.later import Failed, Later
from webapp.modeler import assessment

PATIENCE = 60.0  # seconds


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment, "AT_ONCE", 100)


def shown_later(client: Client, address: str) -> str:
    """What the waiting page exchanges itself for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = client.get(address, If_None_Match='"waiting"')
        if answer.status_code == 200:
            assert client.get(address, If_None_Match=answer.headers["ETag"]).status_code == 304
            return answer.text
        assert answer.status_code == 304 and answer.text == ""
        time.sleep(0.05)
    pytest.fail("The draft was not looked at in time.")


def test_the_page_of_a_large_draft_tells_that_it_is_looked_at_and_then_what_was_found(world: World) -> None:
    client = world.client(ANALYST)
    waiting = bring(client, large(20), "large.bpmn").text
    address = f"/editor/drafts/{only_draft(world).id}"

    found = shown_later(client, f"{address}/assessment")

    assert "This file is large." in waiting and f'data-poll-url="{address}/assessment"' in waiting
    assert "Hand in" not in waiting and "What it changes" not in waiting
    assert "Hand in" in found and "What it changes" in found and "<svg" in found
    whole = client.get(address).text
    assert "data-poll-url" not in whole and text(found) in text(whole)


def test_a_large_draft_is_told_in_the_language_of_each_reader(world: World) -> None:
    author, reader = world.client(ANALYST), world.client(ADMINISTRATOR)
    bring(author, large(20), "large.bpmn")
    address = f"/editor/drafts/{only_draft(world).id}/assessment"
    reader.post("/language", language="zh-Hans")

    assert "What it changes" in shown_later(author, address)
    assert "修改内容" in shown_later(reader, address)


def test_of_many_findings_the_first_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment, "AT_ONCE", 1_000_000)
    monkeypatch.setattr(assessment, "MOST", 5)

    page = text(bring(world.client(ANALYST), large(20), "large.bpmn").text)

    assert page.count("must be mended") + page.count("worth a look") == 5


def test_a_look_that_fails_is_told_and_tried_again_only_when_somebody_asks_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []
    assess = assessment._assess

    def failing_once(draft: drafts.Draft) -> assessment.Assessment:
        looks.append(draft.id)
        if len(looks) == 1:
            raise ZeroDivisionError("not for readers")
        return assess(draft)

    monkeypatch.setattr(assessment, "_assess", failing_once)
    client = world.client(ANALYST)
    bring(client, large(20), "large.bpmn")
    address = f"/editor/drafts/{only_draft(world).id}"

    failed = shown_later(client, f"{address}/assessment")

    assert "The look at this file failed." in failed and "not for readers" not in failed
    (number,) = re.findall(r"failure (\w{8}) beside the requests\n(?:.*\n)+ZeroDivisionError", caplog.text)
    assert number in failed
    whole = client.get(address).text
    assert "data-poll-url" not in whole and 'http-equiv="refresh"' not in whole and len(looks) == 1
    assert client.post(f"{address}/assessment").location == address
    assert "What it changes" in shown_later(client, f"{address}/assessment") and len(looks) == 2


def test_only_what_has_failed_is_made_anew() -> None:
    later: Later[int] = Later(kept=2)
    tries = iter([1, 2])

    def waited() -> int | Failed | None:
        until = time.monotonic() + PATIENCE
        while (found := later.get("key", lambda: 1 // (next(tries) - 1))) is None and time.monotonic() < until:
            time.sleep(0.01)
        return found

    with Flask("alone").test_request_context():
        failed = waited()
        assert isinstance(failed, Failed) and waited() == failed
        later.forget("key")
        assert waited() == 1
        later.forget("key")
        assert waited() == 1
