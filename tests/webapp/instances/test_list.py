"""The list of running processes: everything that the reader may see is reached, page by page."""

from __future__ import annotations

import re

import pytest

from engine import definitions
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.steps import OPERATIONS, OTHER_REP, REP
from tests.webapp.world import World
from webapp.instances import views

LOOK = drawing("look", start() + user("see", assignee=REP) + end() + chain("start", "see", "end"))


@pytest.fixture
def many(world: World) -> World:
    """Seven processes about one deal of lin.wei, the newer ones about another."""
    definitions.deploy(world.engine, {"bpmn/look.bpmn": LOOK}, "ada.min")
    for number in range(7):
        world.start("look", f"opportunity:OPP-100{1 if number < 4 else 2}")
    return world


def walk(world: World, login: str) -> list[list[str]]:
    """The records on each page, from the newest to the last."""
    client, address, pages = world.client(login), "/instances/", []
    while address:
        html = client.get(address).text
        pages.append(re.findall(r'data-label="Record">.*?(OPP-\d+)', html))
        onward = re.search(r'href="(/instances/\?after=[^"]+)">More', html)
        address = onward[1] if onward else ""
    return pages


def test_every_running_process_is_reached_by_turning_pages(many: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SHOWN", 3)

    assert [len(one) for one in walk(many, REP)] == [3, 3, 1]
    assert sorted(sum(walk(many, OPERATIONS), [])) == ["OPP-1001"] * 4 + ["OPP-1002"] * 3


def test_a_page_looks_through_so_many_only_and_leads_on(many: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "BATCH", 2)
    monkeypatch.setattr(views, "MOST_BATCHES", 2)

    assert walk(many, OTHER_REP) == [[], []]
    assert [len(one) for one in walk(many, REP)] == [4, 3]


def test_a_page_after_an_unknown_process_is_not_found(many: World) -> None:
    assert many.client(REP).get("/instances/?after=none").status_code == 404


def test_an_end_without_a_name_is_not_called_by_its_id(world: World) -> None:
    definitions.deploy(world.engine, {"bpmn/look.bpmn": LOOK}, "ada.min")
    instance = world.start("look", "opportunity:OPP-1002")
    world.complete("see", REP)

    assert "The process ended." in world.client(REP).get(f"/instances/{instance}").text
