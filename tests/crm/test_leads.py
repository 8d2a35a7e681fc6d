"""Leads: how they are scored, whom they are given to, and how a company is recognised."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from crm import account_matching, assignment, contacts, lead_scoring, leads, record_changes, records, users
from crm.errors import IllegalMove, RecordNotFound
from crm.kinds import KINDS
from crm.leads import Lead
from crm.scopes import reader
from crm.tables import territory
from tests.crm.factories import NOW, an_account, an_opportunity

pytestmark = pytest.mark.usefixtures("configured")
INQUIRY: Mapping[str, Any] = {
    "company": "Hengli Machinery",
    "contact_name": "Zhou Ning",
    "phone_or_email": "zhou@hengli.example",
    "source": "web",
    "rfp": False,
}


def a_lead(connection: Connection, at: Any = NOW, **fields: Any) -> Lead:
    return leads.create(connection, "mkt.bo", by="mkt.bo", at=at, **{**INQUIRY, **fields})


@pytest.mark.parametrize(
    ("fields", "known", "expected"),
    [
        ({}, {}, 15),
        ({"need": "A line"}, {"known_account": True}, 50),
        ({"need": "A line"}, {"known_account": True, "prior_customer": True, "known_contact": True}, 70),
        ({"source": "rfp", "rfp": True, "need": "A line", "document": [{"file": 1}]}, {"prior_customer": True}, 100),
        ({"source": "referral", "need": "A line", "duplicate_of": "LEAD-0001"}, {"known_account": True}, 0),
    ],
)
def test_a_lead_is_worth_what_is_known_of_it(
    connection: Connection, fields: dict[str, Any], known: dict[str, bool], expected: int
) -> None:
    lead = a_lead(connection, **fields)
    facts = {"known_account": False, "prior_customer": False, "known_contact": False, **known}

    assert lead_scoring.score(lead, **facts) == expected


def test_a_lead_repeats_another_of_the_same_company_and_address_within_ninety_days(connection: Connection) -> None:
    first = a_lead(connection)
    same = a_lead(connection, company="HENGLI Machinery Co., Ltd.", phone_or_email="Zhou@hengli.example")
    other = a_lead(connection, phone_or_email="li@hengli.example")
    late = a_lead(connection, at=NOW + timedelta(days=91))

    found = [leads.said_before(connection, each) for each in (first, same, other, late)]

    assert [each and each.number for each in found] == [None, first.number, None, None]


def test_a_lead_in_nurture_is_due_at_its_day_and_can_only_begin_anew(connection: Connection) -> None:
    lead = leads.move(connection, a_lead(connection), "scored", by="mkt.bo", at=NOW)
    kept = leads.nurture(connection, lead, NOW.date(), by="mkt.bo", at=NOW)

    due = NOW.date() + timedelta(days=90)

    assert leads.to_revisit(connection, due - timedelta(days=1)) == ()
    assert leads.to_revisit(connection, due) == (lead.business_key,)
    with pytest.raises(IllegalMove):
        leads.move(connection, kept, "converted", by="mkt.bo", at=NOW)


def test_a_lead_that_is_not_there_is_named(connection: Connection) -> None:
    with pytest.raises(RecordNotFound, match="LEAD-9999"):
        leads.get(connection, "LEAD-9999")


def test_a_company_is_recognised_by_tax_number_name_phone_or_part_of_its_name(connection: Connection) -> None:
    by_tax = an_account(connection, "Other Name", tax_id="9131")
    by_name = an_account(connection, "Hengli Machinery Co., Ltd.")
    by_phone = an_account(connection, "Third", phone="+86 (21) 555-0100")
    by_part = an_account(connection, "Hengli Machinery Shanghai")
    an_account(connection, "Hengli Machinery Old", status="inactive")

    found = account_matching.candidates(connection, name="HENGLI machinery", tax_id="9131", phone="86215550100")

    assert [each.number for each in found] == [each.number for each in (by_tax, by_name, by_phone, by_part)]
    assert account_matching.candidates(connection, name="恒") == ()
    assert account_matching.candidates(connection) == ()


def test_a_contact_is_recognised_by_phone_or_e_mail_at_its_account(connection: Connection) -> None:
    customer, other = an_account(connection, "One"), an_account(connection, "Two")
    person = contacts.create(
        connection, customer.id, "Zhou", by="t", at=NOW, phone="021 555-0100", email="zhou@one.example"
    )

    for said in ("ZHOU@one.example", "0215550100"):
        found = account_matching.same_contact(connection, customer.id, said)
        assert found is not None and found.number == person.number
    assert account_matching.same_contact(connection, other.id, "zhou@one.example") is None


def test_an_opportunity_is_the_account_owners_while_he_is_a_rep_at_work(connection: Connection) -> None:
    customer = an_account(connection, owner="rao.mei")
    assert assignment.owner_for(connection, customer) == "rao.mei"

    users.change(connection, "rao.mei", users.get(connection, "rao.mei").row_version, {"active": False}, by="t", at=NOW)

    assert assignment.owner_for(connection, customer) is None


def test_the_reps_of_the_territory_take_turns(connection: Connection, configured: dict[str, int]) -> None:
    values = {"number": "TER-001", "name": "East", "name_zh": "华东", "regions": "East, 江苏、浙江"}
    records.insert(connection, territory, {**values, "org_unit_id": configured["east"]}, by="t", at=NOW)
    customer = an_account(connection, owner="chen.jing", region="浙江")

    turns = []
    for _ in range(3):
        rep = assignment.owner_for(connection, customer)
        turns.append(rep)
        an_opportunity(connection, account=customer, owner=str(rep))

    assert turns == ["lin.wei", "zhao.lei", "lin.wei"]
    assert assignment.owner_for(connection, an_account(connection, "Far", owner="chen.jing", region="West")) is None


def test_a_lead_entered_by_hand_is_found_by_its_company_too(connection: Connection) -> None:
    who = reader(connection, "mkt.bo", NOW.date())
    values = {name: value for name, value in INQUIRY.items() if name != "rfp"}

    number = record_changes.create(connection, who, KINDS["lead"], {**values, "rfp": False}, NOW)
    again = a_lead(connection)

    before = leads.said_before(connection, again)
    assert before is not None and before.number == number
