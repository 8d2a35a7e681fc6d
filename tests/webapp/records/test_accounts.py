"""Accounts: the list within the reader's scope, and the page of one."""

import pytest

from crm import account_plans, accounts, contacts
from tests.webapp.steps import ANALYST, OPERATIONS, REP, begin, defer, text
from tests.webapp.world import START, World


@pytest.fixture
def full(world: World) -> World:
    """An account with a contact, credit data and a plan."""
    with world.application.database.write() as tx:
        account = accounts.get(tx.connection, "ACC-0001")
        accounts.change(tx.connection, account, {"credit_limit": 90_000, "phone": "021-555"}, by=REP, at=START)
        contacts.create(tx.connection, account.id, "Mrs Sun", by=REP, at=START, email="sun@acme.example")
        account_plans.create(tx.connection, account.id, REP, "2026", by=REP, at=START, status="active")
    return world


def test_the_list_shows_what_the_reader_may_see(world: World) -> None:
    assert "ACC-0001" in world.client(REP).get("/accounts").text
    assert "No account fits." in world.client(REP).get("/accounts?text=nobody").text
    assert "ACC-0001" in world.client(REP).get("/accounts?text=steel").text


def test_the_page_shows_contacts_opportunities_and_the_plan(full: World) -> None:
    begin(full, "OPP-1002")
    defer(full, keep_in_account_plan=True)

    seen = text(full.client(REP).get("/accounts/ACC-0001").text)

    for part in ("Mrs Sun", "sun@acme.example", "Rolling mill", "Credit limit 90,000", "Account plan"):
        assert part in seen, part
    assert "Spare parts comes back" in seen


def test_a_name_with_markup_stays_a_name(full: World) -> None:
    html = full.client(REP).get("/accounts/ACC-0001").text

    assert "<b>Steel</b>" not in html
    assert "&lt;b&gt;Steel&lt;/b&gt;" in html


def test_an_analyst_sees_neither_contacts_data_nor_credit(full: World) -> None:
    seen = text(full.client(ANALYST).get("/accounts/ACC-0001").text)

    assert "Mrs Sun" in seen
    for part in ("sun@acme.example", "Credit limit", "021-555"):
        assert part not in seen, part
    assert "Credit limit 90,000" in text(full.client(OPERATIONS).get("/accounts/ACC-0001").text)


def test_an_unknown_account_is_not_found(world: World) -> None:
    assert world.client(OPERATIONS).get("/accounts/ACC-9999").status_code == 404
