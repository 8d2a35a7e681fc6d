"""3.3.4.2.4 Document Sales Call Results, from end to end: every test path of the catalogue, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import accounts, call_notes, call_people, coaching, contacts, flags, sales_calls
from crm.tables import competitor, opportunity_competitor, users
from engine import notices
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import report
from tests.calls import COLLEAGUE, EXPERT, TOMORROW, Customer, a_call, a_customer, a_deal, call_of, handed_over, started
from tests.company import MANAGER, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "document-sales-call-results"


def begin(company: Company, customer: Customer, status: str = "held", **fields: Any) -> Run:
    given: dict[str, Any] = {"start_at": START - timedelta(hours=1), "commitment": "full"}
    if status == "held":
        given |= {"actual_start": START - timedelta(hours=1), "actual_end": START}
    call = a_call(company, customer, status, **given | fields)
    return company.start(KEY, call.business_key, actor=REP)


def a_competitor(company: Company) -> str:
    with company.database.write() as transaction:
        values = {"number": "COM-001", "name": "Nordwerk", "active": True, "row_version": 1, "last_change": ""}
        values |= {"created_at": START, "created_by": REP, "updated_at": START, "updated_by": REP}
        transaction.connection.execute(competitor.insert().values(**values))
    return "competitor:COM-001"


def test_an_advance_updates_contacts_opportunity_and_competitors_and_goes_on_to_the_follow_up(
    any_company: Company,
) -> None:
    customer = a_customer(any_company, deal=a_deal(300_000))
    rival = a_competitor(any_company)
    run = begin(any_company, customer, agreed_points=[{"point": "Stops cost 9 %"}])
    assert run.variables["summary"] == "Stops cost 9 %"

    report(
        run,
        opportunity_updates=[
            {"field": "amount", "new_value": "350,000"},
            {"field": "next_step", "new_value": "Trial"},
        ],
        competitor_news=[{"competitor": rival, "news": "They lowered prices"}],
        new_contacts=[{"name": "Mr Sun", "title": "CFO", "email": "sun@example.com"}],
    )

    assert run.variables["call_outcome"] == "advance"
    deal = customer.deal
    assert deal is not None
    now = any_company.now(deal)
    assert (now.amount, now.next_step) == (Decimal(350_000), "Trial")
    assert run.open_tasks() == ["update_opportunity_forecast"]
    run.complete(
        "update_opportunity_forecast",
        REP,
        win_probability="60",
        expected_close_date="2026-12-01",
        revenue_potential="350000",
    )
    assert run.ended_at("off_follow_up")
    call = call_of(any_company, run)
    assert (call.status, call.outcome, call.documented_at, call.sentiment) == ("documented", "advance", START, 4)
    assert [event.kind for event in run.events("call.documented")] == ["call.documented"]
    assert handed_over(any_company, run) == [("follow-up-on-sales-call", call.business_key)]
    with any_company.database.read() as connection:
        assert "Mr Sun" in [one.name for one in contacts.listing(connection, customer.account.id)]
        (news,) = call_notes.listing(connection, call.id, "competitor_news")
        assert news.text == "Nordwerk: They lowered prices"
        met = connection.execute(select(opportunity_competitor.c.opportunity_id)).scalars().all()
    assert met == [deal.id]


def test_a_setback_with_a_large_opportunity_is_coached_beside_the_follow_up(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(800_000))
    run = begin(company, customer, commitment="none")

    report(run, "not_met")

    assert (run.variables["call_outcome"], run.open_tasks()) == ("setback", ["coach"])
    assert [target for target, _ in handed_over(company, run)] == ["follow-up-on-sales-call"]
    run.complete("coach", MANAGER, coaching="Let them talk first.")
    assert run.state == "completed"
    with company.database.read() as connection:
        (advice,) = coaching.of_call(connection, call_of(company, run).id)
    assert (advice.owner, advice.author, advice.text) == (REP, MANAGER, "Let them talk first.")
    assert run.variables["coaching"] is None


def test_a_small_setback_is_coached_in_the_first_year_only_and_only_while_coaching_is_switched_on(
    company: Company,
) -> None:
    experienced = begin(company, a_customer(company), commitment="none")
    report(experienced, "not_met")
    assert (experienced.variables["call_outcome"], experienced.ended_at("off_follow_up")) == ("setback", True)

    with company.database.write() as transaction:
        transaction.connection.execute(users.update().where(users.c.login == REP).values(experience="junior"))
    junior = begin(company, a_customer(company), commitment="none")
    report(junior, "not_met")
    assert junior.open_tasks() == ["coach"]

    with company.database.write() as transaction:
        flags.switch(transaction.connection, "coaching_enabled", False, by=REP, at=START)
    switched_off = begin(company, a_customer(company), commitment="none")
    report(switched_off, "not_met")
    assert switched_off.ended_at("off_follow_up")


def test_a_call_that_nobody_came_to_is_documented_as_not_held(company: Company) -> None:
    run = begin(company, a_customer(company), "not_held", commitment=None)

    report(run, "not_met")

    assert run.ended_at("off_follow_up")
    call = call_of(company, run)
    assert (call.outcome, call.was_held, call.documented_at) == ("not_held", False, START)
    assert call.status == "closed"  # nothing was agreed, so that nothing is followed up


def test_a_late_report_reminds_the_rep_and_then_tells_the_manager(company: Company) -> None:
    run = begin(company, a_customer(company))

    run.pass_time(timedelta(days=1, minutes=1))
    assert (run.path()[-1], run.open_tasks()) == ("end_reminded", ["complete_report"])
    run.pass_time(timedelta(days=1))

    assert run.path()[-1] == "end_notified"
    with company.database.read() as connection:
        texts = [str(one.sentence) for one in notices.for_user(connection, MANAGER)]
    assert [text for text in texts if "has not written the report" in text]
    report(run)
    assert run.state == "completed"


def test_a_new_opportunity_starts_its_pre_qualification_and_the_report_goes_on(company: Company) -> None:
    customer = a_customer(company, owner=COLLEAGUE)
    run = begin(company, customer)
    with company.database.write() as transaction:
        call = call_of(company, run)
        call_people.mark_present(transaction.connection, call, [customer.contact.number], by=REP, at=START)

    report(run, new_opportunity="true", new_need="A second line")

    assert run.ended_at("off_follow_up")
    begun = started(company, customer.key, "pre-qualify-opportunity")
    assert begun.open_tasks() == ["register_opportunity"]
    given = begun.variables
    assert (given["source"], given["need"], given["contact"]) == ("call", "A second line", customer.contact_key)
    assert given["owner"] == REP  # who held the call, not the customer's owner


def test_the_teams_and_those_who_took_part_hear_of_the_results(company: Company) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        accounts.add_member(
            transaction.connection, customer.account.id, COLLEAGUE, valid_from=START.date(), by=REP, at=START
        )
    run = begin(company, customer, team=[EXPERT])

    report(run)

    with company.database.read() as connection:
        assert [notices.unread(connection, login) for login in (COLLEAGUE, EXPERT)] == [1, 1]


def test_a_call_without_any_record_of_its_end_is_asked_for(company: Company) -> None:
    customer = a_customer(company)
    call = a_call(company, customer)
    with company.database.read() as connection:
        assert sales_calls.unreported(connection, TOMORROW + timedelta(hours=24)) == ()
        late = sales_calls.unreported(connection, TOMORROW + timedelta(hours=25))
    assert [one.number for one in late] == [call.number]

    for held, status in (("true", "advance"), ("false", "not_held")):
        run = begin(company, customer, "scheduled", commitment="full")
        with pytest.raises(InvalidForm) as refused:
            report(run)
        assert list(refused.value.errors) == ["was_held"]
        report(run, was_held=held)
        assert call_of(company, run).outcome == status


def test_what_cannot_be_read_is_refused_field_by_field_and_changes_nothing(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(300_000))
    run = begin(company, customer)

    with pytest.raises(InvalidForm) as refused:
        report(
            run,
            opportunity_updates=[
                {"field": "expected_close_date", "new_value": "soon"},
                {"field": "amount", "new_value": "much"},
                {"field": "need", "new_value": "Speed"},
            ],
            new_contacts=[{"name": "Mr Sun"}],
        )

    assert list(refused.value.errors) == [
        "opportunity_updates.0.new_value",
        "opportunity_updates.1.new_value",
        "new_contacts.0.phone",
    ]
    assert customer.deal is not None
    assert company.now(customer.deal).expected_close_date == date(2026, 12, 1)
    assert call_of(company, run).summary is None
