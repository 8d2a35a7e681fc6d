"""The stage of an opportunity follows what its plan and its quotes show, as catalogue 8.3 says when a stage is left."""

from decimal import Decimal
from typing import Any

import pytest

from crm import forecast, stage_history
from crm.opportunities import Opportunity
from engine.testing import Run
from tests.company import OPERATIONS, REP, Company, any_company, company
from tests.processes.planning import Planning, deal_to_plan
from tests.processes.test_quote_approval import a_product, line, prepare, switch

__all__ = ["any_company", "company"]


def ranked(company: Company, **fields: Any) -> Opportunity:
    entered = {"priority": "high", "pipeline_entry_at": company.clock.now()}
    return deal_to_plan(company, amount=Decimal("60000"), **entered, **fields)


def stages(company: Company, deal: Opportunity) -> list[str | None]:
    with company.database.read() as connection:
        return [move.to_stage for move in reversed(stage_history.listing(connection, deal.id))]


def quote(company: Company, deal: Opportunity) -> Run:
    run = company.start("quote-approval", deal.business_key, actor=REP)
    prepare(run, line(a_product(company), 1, 0))
    return run


def test_the_stage_follows_plan_and_quote_to_the_word_of_the_customer(any_company: Company) -> None:
    switch(any_company)
    deal = ranked(any_company, win_probability=Decimal(50))
    planning = Planning.begin(any_company, deal)
    assert any_company.now(deal).stage == "complex.prioritised"
    planning.prepare()
    assert any_company.now(deal).stage == "complex.plan_and_solution"

    planning.fill()
    planning.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    planning.agree()
    agreed = any_company.now(deal)
    assert (agreed.stage, agreed.win_probability) == ("complex.proposal", 60)
    offered = quote(any_company, deal)
    assert any_company.now(deal).stage == "complex.negotiation"
    offered.complete("record_customer_answer", REP, answer="accepted", note="Fine.")

    last = any_company.now(deal)
    assert (last.stage, last.win_probability) == ("complex.verbal_commitment", 90)
    names = ("plan_and_solution", "proposal", "negotiation", "verbal_commitment")
    assert stages(any_company, deal)[-4:] == [f"complex.{name}" for name in names]
    with any_company.database.read() as connection:
        line_now = forecast.current(connection, deal.id)
    assert line_now is not None and line_now.probability == 90


def test_a_quote_does_not_lead_past_a_plan_that_is_not_agreed(company: Company) -> None:
    switch(company)
    deal = ranked(company)
    Planning.begin(company, deal).study()

    quote(company, deal)

    assert company.now(deal).stage == "complex.plan_and_solution"


def test_without_the_sales_module_the_stage_waits_at_the_proposal(company: Company) -> None:
    deal = ranked(company)

    Planning.begin(company, deal).agree_all()

    assert company.now(deal).stage == "complex.proposal"


def test_a_chance_that_was_rated_higher_stays(company: Company) -> None:
    deal = ranked(company, win_probability=Decimal(85))

    Planning.begin(company, deal).study()

    now = company.now(deal)
    assert (now.stage, now.win_probability) == ("complex.plan_and_solution", 85)


@pytest.mark.parametrize(("answer", "stage"), [("rejected", "submitted"), ("accepted", "award_pending")])
def test_a_tender_is_submitted_with_its_quote(company: Company, answer: str, stage: str) -> None:
    switch(company)
    deal = deal_to_plan(
        company, sales_mode="tender", stage="tender.bid_decision", amount=Decimal("60000"), pursue_decision="pursue"
    )
    Planning.begin(company, deal).study()
    assert company.now(deal).stage == "tender.bid_preparation"

    offered = quote(company, deal)
    assert company.now(deal).stage == "tender.submitted"
    offered.complete("record_customer_answer", REP, answer=answer, note="So be it.")

    assert company.now(deal).stage == f"tender.{stage}"
