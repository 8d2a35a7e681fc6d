"""3.3.4.1.1 Schedule Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from datetime import timedelta

import pytest

from crm import call_activities, call_people, contact_cadence
from crm.tables import opportunity_activity
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import choose
from tests.calls import (
    COLLEAGUE,
    EXPERT,
    NEXT_WEEK,
    TOMORROW,
    a_call,
    a_customer,
    a_deal,
    call_of,
    handed_over,
)
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "schedule-sales-call"


def begin(company: Company, about: str) -> Run:
    return company.start(KEY, about, actor=REP)


def test_a_confirmed_time_books_the_call_and_hands_it_over_to_its_preparation(any_company: Company) -> None:
    customer = a_customer(any_company, tier="KEY", deal=a_deal(600_000))
    run = begin(any_company, customer.deal.business_key if customer.deal else "")
    assert (run.variables["call_priority"], run.variables["suggested_channel"]) == (1, "visit")

    choose(run, customer, our_attendees=[EXPERT], opportunity=run.variables["opportunity"])
    call = call_of(any_company, run)
    assert (call.status, call.attempts, call.owner, call.call_priority) == ("proposed", 1, REP, 1)
    run.complete("record_answer", REP, answer="confirmed", agreed_time=TOMORROW)

    assert run.ended_at("off_plan_call")
    booked = call_of(any_company, run)
    assert (booked.status, booked.start_at) == ("scheduled", TOMORROW)
    assert handed_over(any_company, run) == [("plan-for-sales-call", booked.business_key)]
    with any_company.database.read() as connection:
        activity = connection.execute(opportunity_activity.select()).mappings().one()
        people = call_people.attendees(connection, booked.id)
    assert (activity["type"], activity["sales_call_id"]) == (call_activities.TYPES["visit"], booked.id)
    assert [one.login for one in people] == [EXPERT]


def test_another_time_is_checked_again_and_asked_for_again(company: Company) -> None:
    customer = a_customer(company)
    run = begin(company, customer.key)
    choose(run, customer)

    with pytest.raises(InvalidForm) as refused:
        run.complete("record_answer", REP, answer="other_time", proposed_times=[{"time": START - timedelta(days=1)}])
    assert list(refused.value.errors) == ["proposed_times.0.time"]
    run.complete("record_answer", REP, answer="other_time", proposed_times=[{"time": NEXT_WEEK}])

    assert run.path().count("check_conflicts") == 2
    call = call_of(company, run)
    assert (call.proposed_times, call.attempts) == ([NEXT_WEEK.isoformat()], 2)
    run.complete("record_answer", REP, answer="confirmed", agreed_time=NEXT_WEEK)
    assert call_of(company, run).start_at == NEXT_WEEK


def test_three_requests_without_an_answer_end_it_and_the_contact_stays_overdue(company: Company) -> None:
    customer = a_customer(company, tier="KEY", status="active")
    run = begin(company, customer.key)
    choose(run, customer, NEXT_WEEK)

    run.pass_time(timedelta(days=6))
    assert (call_of(company, run).attempts, run.open_tasks()) == (3, ["record_answer"])
    run.pass_time(timedelta(days=3))

    assert run.ended_at("end_cancelled_call")
    call = call_of(company, run)
    assert (call.status, call.cancel_reason) == ("cancelled", "no_answer")
    with company.database.read() as connection:
        overdue = contact_cadence.overdue(connection, START + timedelta(days=15))
    assert [one.number for one in overdue] == [customer.account.number]


def test_a_customer_who_declines_ends_it(company: Company) -> None:
    customer = a_customer(company)
    run = begin(company, customer.key)
    choose(run, customer)

    run.complete("record_answer", REP, answer="declined")

    assert run.ended_at("end_cancelled_call")
    assert call_of(company, run).cancel_reason == "declined"
    assert handed_over(company, run) == []


def test_a_conflict_may_be_settled_by_going_together(company: Company) -> None:
    customer = a_customer(company)
    other = a_call(company, customer, owner=COLLEAGUE, start_at=TOMORROW + timedelta(days=4))
    run = begin(company, customer.key)
    choose(run, customer)
    assert run.open_tasks() == ["coordinate"]
    assert run.variables["conflict_text"].startswith(f"{COLLEAGUE} · {other.number} · {customer.contact.name}")

    run.complete("coordinate", REP, coordination="join", note="Shall we go together?")

    call = call_of(company, run)
    assert (run.open_tasks(), call.coordination) == (["record_answer"], "join")
    with company.database.read() as connection:
        assert [one.login for one in call_people.attendees(connection, call.id)] == [COLLEAGUE]


def test_a_conflict_may_be_settled_by_keeping_moving_or_giving_up_the_call(company: Company) -> None:
    customer = a_customer(company)
    a_call(company, customer, owner=COLLEAGUE)

    kept = begin(company, customer.key)
    choose(kept, customer)
    kept.complete("coordinate", REP, coordination="keep")
    assert kept.open_tasks() == ["record_answer"]

    given_up = begin(company, customer.key)
    choose(given_up, customer)
    given_up.complete("coordinate", REP, coordination="move")
    assert given_up.open_tasks() == ["choose_purpose"]
    choose(given_up, customer, purpose="review")
    given_up.complete("coordinate", REP, coordination="cancel")
    assert given_up.ended_at("end_cancelled_call")
    call = call_of(company, given_up)
    assert (call.status, call.cancel_reason, call.purpose) == ("cancelled", "coordination", "review")


def test_our_own_calendar_and_days_off_are_conflicts_too(company: Company) -> None:
    customer = a_customer(company)
    a_call(company, a_customer(company), team=[EXPERT], start_at=TOMORROW + timedelta(minutes=90))
    run = begin(company, customer.key)

    choose(run, customer, TOMORROW, TOMORROW + timedelta(days=2), our_attendees=[EXPERT])

    kinds = sorted((one["kind"], one["who"]) for one in run.variables["conflicts"])
    # The visit in 90 minutes is in the way of the drive; the second time is a Saturday.
    assert kinds == [("busy", EXPERT), ("busy", REP), ("day_off", EXPERT), ("day_off", REP)]


def test_a_call_without_a_record_is_about_the_customer_of_the_people_chosen(company: Company) -> None:
    first, second = a_customer(company), a_customer(company)
    run = begin(company, f"user:{REP}")
    assert (run.variables["call_priority"], run.variables["suggested_channel"]) == (3, "phone")

    with pytest.raises(InvalidForm) as refused:
        choose(run, first, contacts=[first.contact_key, second.contact_key])
    assert list(refused.value.errors) == ["contacts"]
    choose(run, second)

    call = call_of(company, run)
    assert (call.account_id, call.owner) == (second.account.id, REP)
    assert run.row()["business_key"] == call.business_key


def test_times_that_are_over_and_an_opportunity_of_somebody_else_are_refused(company: Company) -> None:
    customer, other = a_customer(company), a_customer(company, deal=a_deal(50_000))
    run = begin(company, customer.key)

    with pytest.raises(InvalidForm) as refused:
        choose(run, customer, START - timedelta(hours=1))
    assert list(refused.value.errors) == ["proposed_times.0.time"]
    with pytest.raises(InvalidForm) as refused:
        choose(run, customer, opportunity=other.deal.business_key if other.deal else "")
    assert list(refused.value.errors) == ["opportunity"]
    assert run.open_tasks() == ["choose_purpose"]


def test_a_scheduled_call_is_agreed_anew_and_a_finished_one_is_followed_by_another(company: Company) -> None:
    customer = a_customer(company)
    scheduled = a_call(company, customer)
    moved = begin(company, scheduled.business_key)
    choose(moved, customer, NEXT_WEEK)
    again = call_of(company, moved)
    assert (again.number, again.status, again.start_at) == (scheduled.number, "proposed", None)
    moved.complete("record_answer", REP, answer="confirmed", agreed_time=NEXT_WEEK)
    assert call_of(company, moved).start_at == NEXT_WEEK

    closed = a_call(company, customer, status="closed", start_at=START - timedelta(days=3))
    follows = begin(company, closed.business_key)
    choose(follows, customer, NEXT_WEEK + timedelta(days=1))
    following = call_of(company, follows)
    assert (following.number != closed.number, following.previous_call_id) == (True, closed.id)


def test_a_customer_without_a_contact_is_taken_to_operations(company: Company) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE contact SET active = 0")

    run = begin(company, customer.key)

    assert run.open_tasks() == ["mr_resolve_missing_record"]
    run.complete("mr_resolve_missing_record", OPERATIONS, resolution="cancel", note="Nobody to talk to.")
    assert run.ended_at("end_cancelled")


def test_the_action_of_a_plan_names_the_rep_and_the_reason_of_the_call(company: Company) -> None:
    customer = a_customer(company)

    run = company.start(KEY, customer.key, actor=None, call_owner=COLLEAGUE, customer_reason="A second plant")

    assert (run.variables["owner"], run.variables["customer_reason"]) == (COLLEAGUE, "A second plant")


def test_a_managers_request_becomes_a_call_of_the_customers_owner(company: Company) -> None:
    customer = a_customer(company)

    run = company.start(KEY, customer.key, actor=MANAGER)

    assert run.variables["owner"] == REP
    choose(run, customer)
    assert call_of(company, run).owner == REP
