"""3.3.4.2.1 Open Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from crm import call_notes, call_people
from crm.sales_calls import SalesCall
from engine import notices
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import attend, converse
from tests.calls import EXPERT, TOMORROW, Customer, a_call, a_customer, a_deal, call_of, handed_over
from tests.company import REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "open-sales-call"
AGENDA = [{"topic": "Their line", "minutes": 30, "lead": REP}, {"topic": "Trial", "minutes": 20, "lead": REP}]


def begin(company: Company, customer: Customer, **fields: Any) -> tuple[Run, SalesCall]:
    call = a_call(company, customer, start_at=START, agenda=AGENDA, **fields)
    return company.start(KEY, call.business_key, actor=REP), call


def test_an_accepted_agenda_leads_into_the_conversation(any_company: Company) -> None:
    customer = a_customer(any_company)
    run, call = begin(any_company, customer, team=[EXPERT])

    attend(run, customer.contact.number, EXPERT)
    converse(run, "accepted")

    assert run.ended_at("off_execute")
    now = call_of(any_company, run)
    assert (now.status, now.actual_start, now.agenda_answer, now.introductions_done) == (
        "in_progress",
        START,
        "accepted",
        True,
    )
    with any_company.database.read() as connection:
        assert [one.present for one in call_people.contacts(connection, call.id)] == [True]
        assert [one.present for one in call_people.attendees(connection, call.id)] == [True]
    assert handed_over(any_company, run) == [("execute-sales-call", call.business_key)]


def test_a_changed_agenda_is_written_down_before_going_on(company: Company) -> None:
    customer = a_customer(company)
    run, call = begin(company, customer)
    attend(run, customer.contact.number)
    converse(run, "changed")

    run.complete("adjust_agenda", REP, agenda=[{"topic": "Service", "minutes": 60, "lead": REP}])

    assert run.ended_at("off_execute")
    with company.database.read() as connection:
        assert [(item.topic, item.minutes) for item in call_notes.agenda(connection, call.id)] == [("Service", 60)]


def test_a_customer_who_does_not_want_to_go_on_is_taken_leave_of(company: Company) -> None:
    customer = a_customer(company)
    run, call = begin(company, customer)
    attend(run, customer.contact.number)

    converse(run, "refused")

    assert run.ended_at("off_close_call")
    assert call_of(company, run).status == "in_progress"
    assert handed_over(company, run) == [("close-sales-call", call.business_key)]


def test_nobody_came_is_written_up_as_not_held(company: Company) -> None:
    run, call = begin(company, a_customer(company))

    attend(run, continue_call="no_show", key_person_present="false")

    assert run.ended_at("off_document")
    now = call_of(company, run)
    assert (now.status, now.actual_start, run.variables["call_held"]) == ("not_held", None, False)
    assert handed_over(company, run) == [("document-sales-call-results", call.business_key)]


def test_another_time_is_agreed_on_where_the_right_people_are_missing(company: Company) -> None:
    run, call = begin(company, a_customer(company))

    attend(run, continue_call="reschedule", key_person_present="false")

    assert run.ended_at("off_reschedule")
    assert handed_over(company, run) == [("schedule-sales-call", call.business_key)]


def test_going_on_takes_somebody_of_the_customer_and_a_no_show_nobody(company: Company) -> None:
    customer = a_customer(company)
    run, _ = begin(company, customer)

    for answers in ({"continue_call": "continue"}, {"continue_call": "no_show", "present": [customer.contact.number]}):
        with pytest.raises(InvalidForm) as refused:
            attend(run, **answers)
        assert list(refused.value.errors) == ["present"]
    with pytest.raises(InvalidForm) as refused:
        attend(run, customer.contact.number, actual_start=TOMORROW)
    assert list(refused.value.errors) == ["actual_start"]


def test_a_call_that_nobody_planned_gets_its_record_when_it_begins(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(50_000))
    run = company.start(KEY, customer.deal.business_key if customer.deal else "", actor=REP)

    call = call_of(company, run)
    assert (call.status, call.start_at, call.owner) == ("scheduled", START, REP)
    assert customer.deal is not None and call.opportunity_id == customer.deal.id
    attend(run, customer.contact.number)
    converse(run, "accepted")

    assert run.ended_at("off_execute")
    with company.database.read() as connection:
        assert [(one.invited, one.present) for one in call_people.contacts(connection, call.id)] == [(False, True)]


def test_nothing_recorded_half_an_hour_after_the_start_reminds_the_rep(company: Company) -> None:
    run, _ = begin(company, a_customer(company))

    run.pass_time(timedelta(minutes=31))

    with company.database.read() as connection:
        assert notices.unread(connection, REP) == 1
    assert run.open_tasks() == ["confirm_attendance"]
