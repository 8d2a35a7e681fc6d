"""Choosing one of many in a browser: the list follows what is typed; without JavaScript the button does it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from crm import accounts, contacts
from engine import definitions
from tests.acceptance.office import ADMINISTRATOR, REP, Desks, Office
from tests.webapp.inbox.test_picking import ASK, FORM, LAST
from tests.webapp.world import KEY, START

pytestmark = pytest.mark.browser


@pytest.fixture
def task(office: Office) -> str:
    """A task that asks for one of 130 contacts."""
    with office.application.database.write() as transaction:
        customer = accounts.get(transaction.connection, "ACC-0001")
        for number in range(130):
            name = f"Person {number + 1:03}"
            contacts.create(transaction.connection, customer.id, name, by=REP, at=START, phone="1")
    files = {"bpmn/pick-one.bpmn": ASK, "forms/pick-one.ask.form": json.dumps(FORM).encode()}
    definitions.deploy(office.engine, files, ADMINISTRATOR)
    office.start("pick-one", KEY)
    return f"/tasks/{office.task('ask')}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_contact_is_found_by_name_and_chosen(office: Office, desks: Desks, task: str, scripts: bool) -> None:
    desk = desks(REP, java_script_enabled=scripts).open(task).answer(why="Because")
    search = desk.page.get_by_label("Search the list: Contact")
    offered = desk.page.locator("#f-who option")
    expect(offered).to_have_count(101)

    search.press_sequentially("person 130")
    if not scripts:
        with desk.page.expect_navigation():
            desk.page.locator(".finder button").first.click()
    expect(offered).to_have_count(2)
    desk.page.locator("#f-who").select_option(f"contact:{LAST}")
    desk.press("Complete")

    office.work()
    assert desk.page.locator("#flash .done").count() == 1
