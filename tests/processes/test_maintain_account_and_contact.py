"""Maintain Account and Contact, from end to end: an existing customer, a new one, a duplicate that is chosen."""

from typing import Any

import pytest

from crm import accounts, contacts, opportunities, record_changes, verification
from crm.accounts import Account
from crm.contacts import Contact
from crm.errors import Settled
from crm.kinds import KINDS
from crm.scopes import reader
from engine import notices
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import OPERATIONS, REP, Company, any_company, company
from tests.crm import factories

__all__ = ["any_company", "company"]

KEY = "maintain-account-and-contact"
CUSTOMER = {"name": "Hengli Machinery", "industry": "Machinery", "region": "East", "owner": REP, "tax_id": "9131"}
PERSON = {"name": "Zhou Ning", "email": "zhou@hengli.example", "consent": "true"}


def a_customer(company: Company, name: str = "Hengli Machinery", **fields: Any) -> Account:
    with company.database.write() as transaction:
        return factories.an_account(transaction.connection, name, **fields)


def recorded(run: Run) -> tuple[Account, Contact]:
    with run.kit.database.read() as connection:
        account = accounts.get(connection, run.variables["account_id"].partition(":")[2])
        return account, contacts.get(connection, run.variables["contact_id"].partition(":")[2])


def test_a_new_customer_is_provisional_and_on_the_list_of_operations(any_company: Company) -> None:
    run = any_company.start(KEY, f"user:{REP}", actor=REP)
    assert run.open_tasks() == ["record_account"]

    run.complete("record_account", REP, **CUSTOMER)
    run.complete("record_contact", REP, **PERSON)

    assert run.ended_at("end_returned")
    account, person = recorded(run)
    assert (account.name, account.status, account.owner, person.account_id) == (
        CUSTOMER["name"],
        "provisional",
        REP,
        account.id,
    )
    assert run.row()["business_key"] == f"account:{account.number}"
    with any_company.database.read() as connection:
        line = verification.waiting(connection, account.id)
        told = [str(one.sentence) for one in notices.for_user(connection, OPERATIONS)]
    assert line is not None and (str(line.due), line.contact_id) == ("2026-09-17", person.id)
    assert any(account.number in text for text in told)


def test_an_existing_customer_is_chosen_with_a_contact_who_is_known(company: Company) -> None:
    there = a_customer(company)
    with company.database.write() as transaction:
        known = contacts.create(transaction.connection, there.id, "Zhou", by=REP, at=company.clock.now(), phone="555")
    run = company.start(KEY, f"user:{REP}", actor=REP, customer_name="HENGLI machinery Co., Ltd.")
    assert run.open_tasks() == ["choose_or_new"]

    with pytest.raises(InvalidForm) as refused:
        run.complete("choose_or_new", REP, create_new="false")
    assert list(refused.value.errors) == ["account"]
    run.complete("choose_or_new", REP, create_new="false", account=f"account:{there.number}")
    run.complete("record_contact", REP, contact=f"contact:{known.number}")

    account, person = recorded(run)
    assert (account.number, account.status, person.number) == (there.number, there.status, known.number)
    assert run.variables["verification_queued"] is False


def test_candidates_that_are_not_meant_lead_to_a_new_customer(company: Company) -> None:
    there = a_customer(company)
    run = company.start(KEY, f"user:{REP}", actor=REP, customer_name=there.name)

    run.complete("choose_or_new", REP, create_new="true")
    with pytest.raises(InvalidForm) as refused:
        run.complete("record_account", REP, **{**CUSTOMER, "region": "east "})
    assert there.number in str(refused.value.errors["name"])
    run.complete("record_account", REP, **{**CUSTOMER, "region": "North"})

    assert run.open_tasks() == ["record_contact"]
    assert run.variables["account_id"] != f"account:{there.number}"


def test_a_tax_number_in_use_is_refused(company: Company) -> None:
    there = a_customer(company, "Quite Another", tax_id="9131")
    run = company.start(KEY, f"user:{REP}", actor=REP)

    with pytest.raises(InvalidForm) as refused:
        run.complete("record_account", REP, **CUSTOMER)

    assert there.number in str(refused.value.errors["tax_id"])


def test_what_hung_on_a_name_only_goes_over_to_the_customer_that_is_chosen(company: Company) -> None:
    there, shell = a_customer(company), a_customer(company, "Hengli Machinery", status="provisional")
    with company.database.write() as transaction:
        deal = factories.an_opportunity(transaction.connection, account=shell)
    run = company.start(KEY, f"account:{shell.number}", actor=REP)
    assert [each["value"] for each in run.variables["account_choices"]] == [f"account:{there.number}"]

    run.complete("choose_or_new", REP, create_new="false", account=f"account:{there.number}")
    run.complete("record_contact", REP, **PERSON)

    with company.database.read() as connection:
        assert opportunities.get(connection, deal.number).account_id == there.id
        assert accounts.get(connection, shell.number).status == "inactive"


def test_a_customer_known_by_name_only_is_completed_and_keeps_its_number(company: Company) -> None:
    shell = a_customer(company, "Hengli Machinery", status="provisional")
    with company.database.write() as transaction:
        contacts.create(transaction.connection, shell.id, "Zhou", by=REP, at=company.clock.now(), email=PERSON["email"])
    run = company.start(KEY, f"account:{shell.number}", actor=REP)
    assert run.variables["match_count"] == 0

    run.complete("record_account", REP, **CUSTOMER)
    run.complete("record_contact", REP, **{**PERSON, "title": "Buyer"})

    account, person = recorded(run)
    assert (account.number, account.industry) == (shell.number, "Machinery")
    with company.database.read() as connection:
        assert [(one.number, one.title) for one in contacts.listing(connection, account.id)] == [
            (person.number, "Buyer")
        ]


def test_a_contact_needs_a_way_to_be_reached_and_an_answer_about_consent(company: Company) -> None:
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("record_account", REP, **CUSTOMER)

    with pytest.raises(InvalidForm) as refused:
        run.complete("record_contact", REP, name="Zhou")

    assert sorted(refused.value.errors) == ["consent", "email", "phone"]


@pytest.mark.parametrize(("result", "status"), [("ok", "prospect"), ("correct", "prospect"), ("merge", "inactive")])
def test_operations_verify_a_new_customer_once(company: Company, result: str, status: str) -> None:
    other = a_customer(company, "The one that stays")
    run = company.start(KEY, f"user:{REP}", actor=REP)
    run.complete("record_account", REP, **CUSTOMER)
    run.complete("record_contact", REP, **PERSON)
    account, person = recorded(run)
    with company.database.write() as transaction:
        connection, now = transaction.connection, company.clock.now()
        line = verification.waiting(connection, account.id)
        assert line is not None
        answer = {"result": result, "merged_into_id": other.id if result == "merge" else None}
        who, kind = reader(connection, OPERATIONS, now.date()), KINDS["account_verification"]
        record_changes.change(connection, who, kind, str(line.id), answer, line.row_version, now)
        with pytest.raises(Settled):
            record_changes.change(connection, who, kind, str(line.id), {"result": "ok"}, line.row_version + 1, now)

    account, person = recorded(run)

    assert account.status == status
    assert person.account_id == (other.id if result == "merge" else account.id)
    with company.database.read() as connection:
        assert verification.waiting(connection, account.id) is None
