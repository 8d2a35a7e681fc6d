"""3.3.4.2.2 Execute Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from typing import Any

import pytest

from crm import call_follow_ups, call_notes, call_people, evaluations
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import one_pass
from tests.calls import EXPERT, Customer, a_call, a_customer, a_deal, call_of, handed_over
from tests.company import REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "execute-sales-call"
TOPICS = ("Their line", "Trial", "Price")
OPEN_CONCERN = [{"type": "price", "text": "Too dear"}]


def begin(company: Company, customer: Customer, topics: int = 1, **fields: Any) -> Run:
    agenda = [{"topic": topic, "minutes": 15, "lead": REP} for topic in TOPICS[:topics]]
    call = a_call(company, customer, "in_progress", start_at=START, actual_start=START, agenda=agenda, **fields)
    with company.database.write() as transaction:
        people = [EXPERT] if fields.get("team") else []
        call_people.mark_present(transaction.connection, call, people, by=REP, at=START)
    return company.start(KEY, call.business_key, actor=REP)


def test_one_topic_notes_needs_and_facts_and_suggests_a_commitment(any_company: Company) -> None:
    customer = a_customer(any_company, deal=a_deal(300_000, "complex.plan_and_solution", need="Speed"))
    run = begin(any_company, customer)
    assert run.variables["stage_group"] == "middle"

    one_pass(run)

    assert run.ended_at("off_close_call")
    call = call_of(any_company, run)
    assert (call.interest, call.suggested_commitment) == (4, "date for proposal review")
    assert handed_over(any_company, run) == [("close-sales-call", call.business_key)]
    with any_company.database.read() as connection:
        kinds = [(note.kind, note.text, note.confirmed) for note in call_notes.listing(connection, call.id)]
        deal = customer.deal
        assert deal is not None
        found = evaluations.latest(connection, deal.id, "stage")
    assert kinds == [
        ("need", "Fewer stops", True),
        ("qualification", "Ms Wu", None),
        ("message", "Half the stops", None),
    ]
    assert found is not None and found.answers == {"decision_maker": "Ms Wu", "sales_call": call.number}
    assert any_company.now(deal).need == "Speed\nFewer stops"


def test_three_topics_take_three_passes_and_what_is_known_is_not_overwritten(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(300_000, "complex.negotiation", need=None))
    run = begin(company, customer, topics=3)

    one_pass(run, interest=2)
    assert (run.open_tasks(), run.variables["topics_left"]) == (["explore_needs"], 2)
    run.complete("explore_needs", REP, needs=[{"need": "A price", "priority": 3}])
    run.complete("qualify_on_call", REP, budget="0.4m")
    run.complete("present_value", REP, interest=3)
    run.complete("handle_concerns", REP, topics_covered=[run.variables["open_topics"][0]["value"]], time_left="true")
    one_pass(run, interest=5)

    assert run.ended_at("off_close_call")
    call = call_of(company, run)
    assert (call.interest, call.suggested_commitment) == (5, "decision date or order")
    with company.database.read() as connection:
        assert customer.deal is not None
        found = evaluations.latest(connection, customer.deal.id, "stage")
    assert found is not None and (found.answers["budget"], found.answers["decision_maker"]) == ("0.4m", "Ms Wu")
    assert company.now(customer.deal).need == "Fewer stops"


def test_an_open_concern_is_taken_to_the_expert_who_is_there(company: Company) -> None:
    run = begin(company, a_customer(company), team=[EXPERT])

    one_pass(run, concerns=OPEN_CONCERN)
    assert (run.open_tasks(), run.variables["open_concerns"]) == (["bring_expert"], 1)
    run.complete("bring_expert", EXPERT, answer="It pays back in a year.", resolved="true", follow_up="true")

    assert run.ended_at("off_close_call")
    call = call_of(company, run)
    assert (run.variables["open_concerns"], call.suggested_commitment) == (0, "meeting with the decision maker")
    with company.database.read() as connection:
        (item,) = call_follow_ups.listing(connection, call.id)
        concerns = call_notes.listing(connection, call.id, "concern")
    assert (item.action, item.owner, item.side) == ("Too dear", EXPERT, "us")
    assert [note.resolved for note in concerns] == [True]


def test_a_concern_that_stays_open_changes_the_commitment_to_ask_for(company: Company) -> None:
    run = begin(company, a_customer(company, deal=a_deal(300_000, "complex.plan_and_solution")))

    one_pass(run, concerns=OPEN_CONCERN)

    assert "bring_expert" not in run.path()
    assert call_of(company, run).suggested_commitment == "expert session on the open concern"


def test_out_of_time_leaves_topics_open(company: Company) -> None:
    run = begin(company, a_customer(company), topics=3)

    one_pass(run, time_left=False, interest=1)

    assert run.ended_at("off_close_call")
    assert (run.variables["topics_left"], call_of(company, run).suggested_commitment) == (
        2,
        "one more conversation with a named person",
    )


def test_a_settled_concern_without_an_answer_is_refused(company: Company) -> None:
    run = begin(company, a_customer(company))

    with pytest.raises(InvalidForm) as refused:
        one_pass(run, concerns=[{"type": "fit", "text": "Does it fit?", "resolved": "true"}])

    assert list(refused.value.errors) == ["concerns.0.response"]
