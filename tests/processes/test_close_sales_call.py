"""3.3.4.2.3 Close Sales Call, from end to end: every test path of the catalogue, and what is refused."""

from datetime import date, timedelta

import pytest

from crm import call_follow_ups
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import DUE, ask, next_steps
from tests.calls import EXPERT, Customer, a_call, a_customer, call_of, handed_over
from tests.company import REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "close-sales-call"


def begin(company: Company, customer: Customer) -> Run:
    call = a_call(
        company,
        customer,
        "in_progress",
        start_at=START,
        actual_start=START,
        primary_objective="A date for the trial",
        minimum_outcome="The name of the decision maker",
    )
    return company.start(KEY, call.business_key, actor=REP)


def test_a_full_commitment_leads_to_dated_next_steps_of_both_sides(any_company: Company) -> None:
    customer = a_customer(any_company)
    run = begin(any_company, customer)
    any_company.clock.advance(timedelta(hours=1))

    ask(run, "full")
    next_steps(run, customer)

    assert run.ended_at("off_document")
    call = call_of(any_company, run)
    assert (call.status, call.actual_end, call.commitment, call.next_call_wanted) == (
        "held",
        START + timedelta(hours=1),
        "full",
        True,
    )
    assert handed_over(any_company, run) == [("document-sales-call-results", call.business_key)]
    with any_company.database.read() as connection:
        kept = {item.action: item for item in call_follow_ups.listing(connection, call.id)}
    assert {name: (item.side, item.owner, item.due) for name, item in kept.items()} == {
        "Send the plan": ("us", EXPERT, DUE),
        "Call back": ("us", REP, DUE),
        "Name the line": ("customer", None, DUE),
    }
    assert kept["Name the line"].contact_name == customer.contact.name


def test_a_part_of_it_leads_to_the_least_acceptable_outcome(company: Company) -> None:
    customer = a_customer(company)
    run = begin(company, customer)

    ask(run, "partial")
    run.complete("offer_fallback", REP, fallback_asked="The name of the decision maker", fallback_accepted="true")
    next_steps(run, customer)

    call = call_of(company, run)
    assert (call.commitment, call.fallback_accepted, call.reason) == ("partial", True, None)
    assert "probe_reason" not in run.path()


def test_no_commitment_leads_to_the_reason(company: Company) -> None:
    customer = a_customer(company)
    run = begin(company, customer)

    ask(run, "none")
    run.complete("probe_reason", REP, reason="timing", reason_text="Not before the fair")
    next_steps(run, customer, next_call_wanted="false")

    call = call_of(company, run)
    assert (call.commitment, call.reason, call.reason_text, call.next_call_wanted) == (
        "none",
        "timing",
        "Not before the fair",
        False,
    )


def test_a_next_step_whose_day_is_over_is_refused_and_nothing_is_kept(company: Company) -> None:
    customer = a_customer(company)
    run = begin(company, customer)
    ask(run, "full")

    with pytest.raises(InvalidForm) as refused:
        next_steps(run, customer, next_steps=[{"action": "Send", "side": "us", "due": date(2026, 9, 1)}])

    assert list(refused.value.errors) == ["next_steps.0.due"]
    with company.database.read() as connection:
        assert call_follow_ups.listing(connection, call_of(company, run).id) == ()
