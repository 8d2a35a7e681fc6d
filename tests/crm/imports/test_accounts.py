"""Importing accounts and contacts: told apart by id, then by name, and never doubled."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from crm import access, any_record
from crm.tables import account, contact
from tests.crm.factories import NOW, an_account
from tests.crm.imports.imported import REP, run_import, said

ACCOUNTS = "Account ID,Account Name,Account Owner,Industry,Credit Status,Credit limit,Target Account\n"
CONTACTS = "Contact ID,First Name,Last Name,Account Name,Email,Mobile,Title\n"


@pytest.fixture(autouse=True)
def company(configured: dict[str, int]) -> None:
    """People to own what is imported."""


def rows(connection: Connection, table: Any) -> list[Any]:
    return list(connection.execute(select(table).order_by(table.c.number)).mappings())


def test_accounts_come_with_owner_unit_and_credit(connection: Connection, tmp_path: Path) -> None:
    text = ACCOUNTS + '001-A,Hengli Machinery Co. Ltd.,Lin.Wei,Steel,watch,"1,000",yes\n001-B,Vela AG,lin.wei,,,,\n'

    run = run_import(connection, tmp_path, "accounts", text)

    assert said(connection, run) == []
    first, second = rows(connection, account)
    assert (first["number"], first["name"], first["owner"]) == ("ACC-0001", "Hengli Machinery Co. Ltd.", REP)
    assert (first["credit_standing"], first["credit_limit"], first["is_target"]) == ("watch", Decimal(1000), True)
    assert (second["credit_standing"], second["status"], second["org_unit_id"]) == (
        "good",
        "prospect",
        first["org_unit_id"],
    )


def test_an_account_of_the_same_name_is_taken_over_not_doubled(connection: Connection, tmp_path: Path) -> None:
    an_account(connection, "Hengli Machinery")

    run = run_import(connection, tmp_path, "accounts", ACCOUNTS + "001-A,HENGLI MACHINERY Ltd,lin.wei,Steel,,,\n")
    again = run_import(connection, tmp_path, "accounts", ACCOUNTS + "001-A,HENGLI MACHINERY Ltd,lin.wei,Steel,,,\n")

    (kept,) = rows(connection, account)
    assert (run.updated_count, again.unchanged_count) == (1, 1)
    assert (kept["external_id"], kept["industry"], kept["region"]) == ("001-A", "Steel", "East")


def test_each_record_says_in_its_history_which_import_made_or_changed_it(
    connection: Connection, tmp_path: Path
) -> None:
    an_account(connection, "Hengli Machinery")
    text = ACCOUNTS + "001-A,HENGLI MACHINERY Ltd,lin.wei,Steel,,,\n001-B,Vela AG,lin.wei,,,,\n"

    run = run_import(connection, tmp_path, "accounts", text)

    who = access.reader(connection, "ops.one", NOW.date())
    told = {
        row["name"]: [
            (change.new, change.by, change.reason)
            for change in any_record.history(
                connection, who, any_record.of_key(connection, who, f"account:{row['number']}")
            )
        ]
        for row in rows(connection, account)
    }
    reason = f"Import {run.id}: export.csv"
    assert told["Vela AG"] == [(True, "ops.one", reason)]
    assert told["HENGLI MACHINERY Ltd"][0] == (False, "ops.one", reason)


def test_an_account_without_an_owner_needs_one_for_the_whole_import(connection: Connection, tmp_path: Path) -> None:
    text = ACCOUNTS + "001-A,Hengli,,,,,\n"

    refused = run_import(connection, tmp_path, "accounts", text)
    taken = run_import(connection, tmp_path, "accounts", text, owner="zhao.lei")

    assert "Expected an owner" in said(connection, refused)[0]
    assert (taken.state, rows(connection, account)[0]["owner"]) == ("done", "zhao.lei")


def test_a_value_that_is_no_choice_names_the_choices(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "accounts", ACCOUNTS + "001-A,Hengli,lin.wei,,perhaps,,maybe\n")

    assert said(connection, run) == [
        "2 Credit Status: Expected one of good, watch, hold, but this is none of them.",
        "2 Target Account: Expected yes or no, but this is neither.",
    ]


def test_a_name_that_is_too_long_is_an_error_not_a_cut(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "accounts", f"Name,Owner\n{'x' * 201},lin.wei\n")

    assert "Expected at most 200 characters, but this has 201." in said(connection, run)[0]


def test_contacts_find_their_account_and_are_not_doubled(connection: Connection, tmp_path: Path) -> None:
    home = an_account(connection, "Hengli Machinery")
    text = CONTACTS + "003-1,Ann,Bell,Hengli Machinery,ann@example.com,,CEO\n003-2,雨欣,张,Hengli Machinery,,139,\n"

    run = run_import(connection, tmp_path, "contacts", text)
    again = run_import(connection, tmp_path, "contacts", text)

    assert said(connection, run) == []
    first, second = rows(connection, contact)
    assert (first["number"], first["name"], first["account_id"]) == ("CON-0001", "Ann Bell", home.id)
    assert (second["name"], second["phone"]) == ("张雨欣", "139")
    assert again.unchanged_count == 2


def test_a_contact_needs_a_way_to_be_reached(connection: Connection, tmp_path: Path) -> None:
    an_account(connection, "Hengli Machinery")

    run = run_import(connection, tmp_path, "contacts", CONTACTS + "003-1,Ann,Bell,Hengli Machinery,,,\n")

    assert "Expected a phone number or an e-mail" in said(connection, run)[0]


def test_a_rep_adds_contacts_to_own_accounts_only(connection: Connection, tmp_path: Path) -> None:
    an_account(connection, "Hengli Machinery", owner="zhao.lei")

    text = CONTACTS + "003-1,Ann,Bell,Hengli Machinery,ann@example.com,,\n"
    run = run_import(connection, tmp_path, "contacts", text, by=REP)

    assert "Expected an account of your own" in said(connection, run)[0]


def test_two_accounts_of_one_name_are_told_apart_by_id(connection: Connection, tmp_path: Path) -> None:
    an_account(connection, "Hengli", region="East", external_id="001-A", source_system="import")
    second = an_account(connection, "Hengli Ltd", region="West", external_id="001-B", source_system="import")
    by_name = "Contact,Account,Email\nAnn,HENGLI,a@example.com\n"
    by_id = "Contact,Account ID,Account,Email\nAnn,001-B,Hengli,a@example.com\n"

    unclear = run_import(connection, tmp_path, "contacts", by_name)
    clear = run_import(connection, tmp_path, "contacts", by_id)

    assert "Expected one account of this name, but there are 2" in said(connection, unclear)[0]
    assert clear.state == "done"
    assert rows(connection, contact)[0]["account_id"] == second.id
