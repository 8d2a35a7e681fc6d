"""3.3.4.1.2 Plan for Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from datetime import timedelta

import pytest

from crm import coaching
from crm.sales_calls import SalesCall
from engine import notices
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import define_agenda, prepare, prepare_conversation, set_objectives
from tests.calls import COLLEAGUE, EXPERT, NEXT_WEEK, Customer, a_call, a_customer, a_deal, call_of, handed_over
from tests.company import MANAGER, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "plan-for-sales-call"


def begin(company: Company, call: SalesCall) -> Run:
    return company.start(KEY, call.business_key, actor=REP)


def test_a_light_call_is_prepared_without_expert_and_rehearsal_and_opens_in_time(any_company: Company) -> None:
    call = a_call(any_company, a_customer(any_company), start_at=NEXT_WEEK)
    run = begin(any_company, call)
    assert (run.variables["deal_band"], run.variables["attendee_level"]) == ("none", "staff")

    prepare(run)

    assert {"prepare_material", "rehearse"} <= {event.element for event in run.events("task.skipped")}
    ready = call_of(any_company, run)
    assert (ready.depth, ready.primary_objective, ready.agenda_sent_at) == ("light", "A date for the trial", START)
    assert [row["text"] for row in ready.questions] == ["How often does the line stop?"]
    run.pass_time(NEXT_WEEK - START - timedelta(minutes=16))
    assert run.state == "running"
    run.pass_time(timedelta(minutes=1))
    assert run.ended_at("off_open")
    assert handed_over(any_company, run) == [("open-sales-call", call.business_key)]


def test_an_important_call_gets_material_from_each_expert_and_is_rehearsed_until_it_is_ready(company: Company) -> None:
    customer = a_customer(company, title="General Manager", deal=a_deal(800_000))
    call = a_call(company, customer, team=[EXPERT, COLLEAGUE], start_at=NEXT_WEEK)
    run = begin(company, call)
    roles = [{"attendee": EXPERT, "role": "Technology"}, {"attendee": COLLEAGUE, "role": "Notes"}]

    set_objectives(run)
    prepare_conversation(run)
    define_agenda(run, roles=roles)
    assert run.open_tasks() == ["prepare_material", "prepare_material"]
    run.complete("prepare_material", EXPERT, note="Data of three lines")
    run.complete("prepare_material", COLLEAGUE)
    with pytest.raises(InvalidForm) as refused:
        run.complete("rehearse", MANAGER, ready="false")
    assert list(refused.value.errors) == ["coaching"]
    run.complete("rehearse", MANAGER, ready="false", coaching="Ask before you show.")

    assert run.open_tasks() == ["set_objectives"]
    assert (run.variables["coaching_note"], call_of(company, run).rehearsed) == ("Ask before you show.", False)
    set_objectives(run)
    prepare_conversation(run)
    define_agenda(run, roles=roles)
    sheet = {"file": 7, "name": "lines.pdf", "size": 10}
    run.complete("prepare_material", EXPERT, material=[sheet], note="Data of four lines")
    run.complete("prepare_material", COLLEAGUE)
    run.complete("rehearse", MANAGER, ready="true")

    ready = call_of(company, run)
    assert (ready.depth, ready.rehearsed, run.variables["ready_items_missing"]) == ("full", True, [])
    (brought,) = ready.documents
    assert (brought["material"], brought["note"], brought["files"]) == ("lines.pdf", "Data of four lines", [sheet])
    with company.database.read() as connection:
        assert [note.text for note in coaching.of_call(connection, call.id)] == ["Ask before you show."]


def test_what_is_missing_leads_back_to_the_agenda_until_nothing_is(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(800_000))
    call = a_call(company, customer, team=[EXPERT], start_at=NEXT_WEEK)
    run = begin(company, call)
    set_objectives(run)
    prepare_conversation(run)

    define_agenda(run, agenda=[{"topic": "Their line", "minutes": 40}], agenda_approved="false")
    run.complete("prepare_material", EXPERT)
    run.complete("rehearse", MANAGER, ready="true")

    assert run.open_tasks() == ["define_agenda"]
    assert run.variables["ready_items_missing"] == ["leads", "roles", "material", "consent"]
    define_agenda(run, roles=[{"attendee": EXPERT, "role": "Technology"}])
    run.complete("prepare_material", EXPERT, note="Data of three lines")
    run.complete("rehearse", MANAGER, ready="true")
    assert call_of(company, run).agenda_sent_at is not None


def test_a_call_that_the_customer_moves_is_agreed_anew(company: Company) -> None:
    call = a_call(company, a_customer(company), start_at=NEXT_WEEK)
    run = begin(company, call)
    prepare(run)

    run.message("call.moved")

    assert run.ended_at("off_reschedule")
    assert handed_over(company, run) == [("schedule-sales-call", call.business_key)]


def test_an_agenda_longer_than_the_call_and_an_outcome_like_the_objective_are_refused(company: Company) -> None:
    run = begin(company, a_call(company, a_customer(company), start_at=NEXT_WEEK))

    with pytest.raises(InvalidForm) as refused:
        set_objectives(run, minimum_outcome="a date for the trial")
    assert list(refused.value.errors) == ["minimum_outcome"]
    set_objectives(run)
    prepare_conversation(run)
    with pytest.raises(InvalidForm) as refused:
        define_agenda(run, agenda=[{"topic": "All of it", "minutes": 61, "lead": REP}])
    assert list(refused.value.errors) == ["agenda"]
    twice = [{"attendee": REP, "role": "Host"}, {"attendee": REP, "role": "Notes"}]
    with pytest.raises(InvalidForm) as refused:
        define_agenda(run, roles=twice)
    assert list(refused.value.errors) == ["roles"]


def test_late_preparation_is_told_to_the_rep_and_a_late_rehearsal_to_the_manager(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(800_000))
    run = begin(company, a_call(company, customer, start_at=NEXT_WEEK))

    run.pass_time(NEXT_WEEK - START - timedelta(hours=23))
    with company.database.read() as connection:
        assert notices.unread(connection, REP) > 0
    prepare(run)
    run.complete("prepare_material", REP, note="Data of three lines")
    run.pass_time(timedelta(hours=20))

    with company.database.read() as connection:
        assert notices.unread(connection, MANAGER) > 0


def test_a_call_without_an_agreed_time_cannot_be_prepared(company: Company) -> None:
    call = a_call(company, a_customer(company), status="draft", start_at=None)

    run = begin(company, call)

    assert (run.state, run.open_tasks()) == ("running", [])
    assert "agreed time" in run.events("step.failed")[0].detail["reason"]


def a_customer_with(company: Company, title: str) -> Customer:
    return a_customer(company, title=title)


@pytest.mark.parametrize(("title", "level"), [("CFO", "executive"), ("采购经理", "manager"), ("Engineer", "staff")])
def test_the_level_of_the_people_follows_from_their_titles(company: Company, title: str, level: str) -> None:
    run = begin(company, a_call(company, a_customer_with(company, title), start_at=NEXT_WEEK))

    assert run.variables["attendee_level"] == level
