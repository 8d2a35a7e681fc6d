"""Closing an opportunity on which other processes still work: it says which, and ends them once it is sure."""

from decimal import Decimal
from typing import Any

import pytest

from crm import flags
from engine import approvals, history
from engine.errors import InvalidForm
from engine.testing import Run
from tests.call_answers import choose
from tests.calls import a_customer, a_deal
from tests.company import MANAGER, REP, START, Company, any_company, company
from tests.processes.planning import deal_to_plan
from tests.processes.test_close_opportunity import begin, propose
from tests.processes.test_quote_approval import a_product, line, prepare

__all__ = ["any_company", "company"]

PLAN = "develop-update-opportunity-plan"


def settle(run: Run, *resolutions: str) -> None:
    run.complete("clear_open_items", REP, settlements=[{"resolution": one} for one in resolutions])


def kinds(run: Run) -> list[str]:
    return [row["kind"] for row in run.variables["open_items"]]


def turns(company: Company, run: Run) -> list[Any]:
    with company.database.read() as connection:
        found = history.of_instance(connection, run.instance_id)
    return [event for event in found if event.kind.partition(".")[0] in ("instance", "message")]


def test_a_closing_names_the_plan_that_still_runs_and_ends_it_with_the_outcome(any_company: Company) -> None:
    deal = deal_to_plan(any_company, amount=Decimal("60000"))
    plan = any_company.start(PLAN, deal.business_key, actor=REP)
    assert plan.open_tasks() == ["review_customer_data"]
    run = begin(any_company, deal)
    propose(run, "cancelled", "C01")

    (item,) = run.variables["open_items"]
    assert item["kind"] == "process"
    assert item["subject"].startswith("Develop/Update Opportunity Plan / 制定/更新商机计划: Review Customer, ")
    with pytest.raises(InvalidForm) as nobody_else:
        settle(run, "transfer")
    assert list(nobody_else.value.errors) == ["settlements.0.resolution"]
    settle(run, "cancel")

    assert run.ended_at("end_closed")
    assert (plan.open_tasks(), plan.ended_at("cx_end_cancelled")) == ([], True)
    told = turns(any_company, plan)
    assert [event.kind for event in told] == [
        "instance.started", "message.received", "instance.withdrawn", "instance.ended"
    ]  # fmt: skip
    assert told[1].detail == {"name": "record_withdrawn", "payload": {"closed_as": "cancelled"}}


def test_a_refused_closure_leaves_running_what_was_to_end_with_it(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("800000"))
    plan = company.start(PLAN, deal.business_key, actor=REP)
    run = begin(company, deal)
    propose(run, "lost", "L01")
    settle(run, "close")
    assert run.open_tasks() == ["approve_closure"]

    run.complete("approve_closure", MANAGER, decision="reject", comment="Talk to the board")

    assert plan.open_tasks() == ["review_customer_data"]


def test_an_approval_that_is_cancelled_ends_with_its_process(company: Company) -> None:
    deal = deal_to_plan(company, amount=Decimal("60000"))
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "sales_module_enabled", True, by="adm.zu", at=START)
    quoting = company.start("quote-approval", deal.business_key, actor=REP)
    prepare(quoting, line(a_product(company), 1, 20), justification="First order")
    assert quoting.open_tasks() == ["approve_quote"]
    run = begin(company, deal)
    propose(run, "lost", "L99", comment="No reason given")
    assert kinds(run) == ["quote", "approval"]

    settle(run, "cancel", "cancel")

    assert (run.open_tasks(), quoting.open_tasks()) == (["analyse_loss"], [])
    with company.database.read() as connection:
        (asked,) = approvals.of_record(connection, deal.business_key)
    assert asked["state"] == "withdrawn"


def test_what_runs_about_a_call_ends_when_the_closing_cancels_the_call(company: Company) -> None:
    customer = a_customer(company, deal=a_deal(60_000))
    assert customer.deal is not None
    calling = company.start("schedule-sales-call", customer.deal.business_key, actor=REP)
    choose(calling, customer, opportunity=calling.variables["opportunity"])
    assert calling.open_tasks() == ["record_answer"]
    run = begin(company, customer.deal)
    propose(run, "cancelled", "C01")
    assert kinds(run) == ["call"]

    settle(run, "cancel")

    assert calling.open_tasks() == [] and calling.ended_at("cx_end_cancelled")
