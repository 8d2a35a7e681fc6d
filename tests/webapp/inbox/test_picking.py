"""Choosing one of many: a list too long to show is searched by number or name, in tasks and in forms of records."""

from __future__ import annotations

import json
import re

import pytest

from crm import accounts, contacts
from engine import definitions, instances
from tests.engine.demo import chain, drawing, end, start, user
from tests.webapp.steps import REP
from tests.webapp.world import KEY, START, World

FORM = {
    "type": "default",
    "components": [
        {"type": "textfield", "key": "why", "label": "Why", "validate": {"required": True}},
        {"type": "select", "key": "who", "label": "Contact", "properties": {"reference": "contact"}},
        {"type": "taglist", "key": "all_of", "label": "Attendees", "properties": {"reference": "contact"}},
    ],
}
ASK = drawing(
    "pick_one", start() + user("ask", formRef="pick-one.ask", assignee=REP) + end() + chain("start", "ask", "end")
)
LAST = "CON-0130"


@pytest.fixture
def many(world: World) -> World:
    """130 contacts of one customer, called in the order of their numbers."""
    with world.application.database.write() as transaction:
        customer = accounts.get(transaction.connection, "ACC-0001")
        for number in range(130):
            name = f"Person {number + 1:03}"
            contacts.create(transaction.connection, customer.id, name, by=REP, at=START, phone="1")
    return world


@pytest.fixture
def task(many: World) -> str:
    files = {"bpmn/pick-one.bpmn": ASK, "forms/pick-one.ask.form": json.dumps(FORM).encode()}
    definitions.deploy(many.engine, files, "ada.min")
    many.start("pick-one", KEY)
    return f"/tasks/{many.task('ask')}"


def choices(page: str) -> list[str]:
    """The numbers offered in the field `who`."""
    found = re.search(r'<select id="f-who".*?</select>', page, re.S)
    assert found is not None
    return re.findall(r'value="contact:(CON-\d+)"', found[0])


def test_a_long_list_shows_its_beginning_and_a_search(many: World, task: str) -> None:
    page = many.client(REP).get(task).text

    assert len(choices(page)) == 100 and LAST not in choices(page)
    assert page.count('type="search" name="_find.') == 2
    assert 'value="contact who"' in page


def test_the_button_brings_what_was_typed_back_with_the_choices_found_and_nothing_else(many: World, task: str) -> None:
    client = many.client(REP)

    found = client.post(
        f"{task}/complete",
        why="Because",
        who="contact:CON-0001",
        **{"_search": "contact who", "_find.who": "person 13"},
    )

    assert found.status_code == 200
    assert choices(found.text) == [LAST, "CON-0001"]
    assert re.search(r'value="contact:CON-0001" selected', found.text) and 'value="Because"' in found.text
    assert 'value="person 13"' in found.text
    assert many.task("ask") in task  # nothing was finished


def test_whatever_was_found_can_be_chosen_and_what_is_not_there_cannot(many: World, task: str) -> None:
    client = many.client(REP)

    unknown = client.post(f"{task}/complete", why="Because", who="contact:CON-0999")
    done = client.post(f"{task}/complete", why="Because", who=f"contact:{LAST}", all_of=f"contact:{LAST}")

    assert (unknown.status_code, done.status_code) == (422, 302)
    with many.application.database.read() as connection:
        (run,) = [one for one in instances.for_record(connection, KEY) if one.key == "pick-one"]
    assert instances.view(many.engine, run.id).variables["who"] == f"contact:{LAST}"


def test_a_draft_keeps_a_choice_that_is_not_among_the_first(many: World, task: str) -> None:
    client = many.client(REP)
    client.post(f"{task}/draft", who=f"contact:{LAST}")

    assert choices(client.get(task).text)[-1] == LAST


def test_the_form_of_a_record_searches_in_the_same_way(many: World) -> None:
    client, form = many.client(REP), "/records/opportunity/OPP-1001/edit"
    first = client.get(form).text
    assert 'name="_find.primary_contact_id"' in first and LAST not in first
    asked = {"_search": "contact primary_contact_id", "_find.primary_contact_id": LAST, "name": "Typed"}

    found = client.post(form, _version="1", **asked)

    assert found.status_code == 200 and f'value="contact:{LAST}"' in found.text and 'value="Typed"' in found.text
    assert "CON-0001" not in found.text
    with many.application.database.read() as connection:
        assert "Typed" not in str(accounts.get(connection, "ACC-0001"))
