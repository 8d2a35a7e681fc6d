"""Quote Approval, from end to end: the test paths of the catalogue."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import flags, quotes, records
from crm.opportunities import Opportunity
from crm.quotes import Quote
from crm.tables import opportunity_document, product
from engine import inbox, incidents
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, REGIONAL, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY, OPERATIONS_GROUP = "quote-approval", "ops"
TERMS = {"valid_until": "2026-10-16", "payment_terms": "30 days", "non_standard_terms": "false"}


def switch(company: Company, on: bool = True) -> None:
    with company.database.write() as transaction:
        flags.switch(transaction.connection, "sales_module_enabled", on, by="adm.zu", at=START)


def a_product(company: Company, cost: str = "60") -> str:
    with company.database.write() as transaction:
        number = records.number(transaction.connection, "product")
        row = {"number": number, "name": "Press line", "name_zh": "冲压线", "unit": "piece", "unit_cost": Decimal(cost)}
        records.insert(transaction.connection, product, row, by="ops.one", at=START)
    return f"product:{number}"


def begin(company: Company, **fields: Any) -> tuple[Run, Opportunity, str]:
    switch(company)
    deal = company.opportunity(**fields)
    return company.start(KEY, deal.business_key, actor=REP), deal, a_product(company)


def line(item: str, qty: int, discount: int, price: str = "100") -> dict[str, Any]:
    return {"product": item, "qty": str(qty), "list_price": price, "discount_pct": str(discount)}


def prepare(run: Run, *lines: dict[str, Any], **more: str) -> None:
    run.complete("prepare_quote", REP, lines=list(lines), **{**TERMS, **more})


def the_quote(run: Run) -> Quote:
    with run.kit.database.read() as connection:
        return quotes.get(connection, run.variables["quote_number"])


def test_a_quote_within_own_authority_is_sent_and_accepted(any_company: Company) -> None:
    run, deal, item = begin(any_company)

    prepare(run, line(item, 10, 5), line(item, 10, 0))

    sent = the_quote(run)
    assert "approve_quote" not in run.path()
    assert (sent.status, sent.amount, sent.discount_pct) == ("sent", Decimal("1950.00"), Decimal("2.50"))
    assert sent.margin_pct == Decimal("38.46")
    with any_company.database.read() as connection:
        (page,) = connection.execute(select(opportunity_document)).mappings()
    assert (page["file_name"], page["opportunity_id"]) == (f"{sent.number}.html", deal.id)
    assert "1,950.00" in page["content"].decode()

    run.complete("record_customer_answer", REP, answer="accepted", note="Fine.")

    assert run.ended_at("end_quote_done")
    assert the_quote(run).status == "accepted"


def test_level_two_refuses_with_another_discount_and_approves_the_next_version(company: Company) -> None:
    run, _deal, item = begin(company)
    with pytest.raises(InvalidForm) as refused:
        prepare(run, line(item, 100, 20))
    assert list(refused.value.errors) == ["justification"]

    prepare(run, line(item, 100, 20), justification="They buy for years.")
    assert (run.variables["approval_level"], the_quote(run).status) == (2, "in_approval")
    run.complete("approve_quote", REGIONAL, decision="reject", counter_discount="12", comment="Too much.")

    assert (the_quote(run).status, the_quote(run).counter_discount) == ("draft", Decimal(12))
    assert run.variables["manager_comment"] == "Too much."
    prepare(run, line(item, 100, 12), justification="As you say.")
    run.complete("approve_quote", MANAGER, decision="approve")
    assert the_quote(run).status == "sent"


def test_above_25_percent_the_head_decides_and_operations_check_the_margin(company: Company) -> None:
    run, _deal, item = begin(company)

    prepare(run, line(item, 10, 30), justification="The last one in stock.")

    assert run.variables["approval_level"] == 3
    with company.database.read() as connection:
        tasks = inbox.of_instance(connection, run.instance_id, company.clock.now())
    assert {task.kind: task.groups for task in tasks}["warning"] == (OPERATIONS_GROUP,)


def test_an_approval_that_nobody_gives_escalates(company: Company) -> None:
    run, _deal, item = begin(company)
    prepare(run, line(item, 10, 10), justification="A new customer.")

    run.pass_time(timedelta(days=7))

    assert run.events("approval.reminded") and run.events("approval.escalated")
    run.complete("approve_quote", REGIONAL, decision="approve")
    assert the_quote(run).status == "sent"


def test_a_wish_of_the_customer_makes_the_next_version(company: Company) -> None:
    run, _deal, item = begin(company)
    prepare(run, line(item, 10, 0))

    run.complete("record_customer_answer", REP, answer="revise", note="Less, please.")
    prepare(run, line(item, 5, 0))

    assert (the_quote(run).version, the_quote(run).amount, the_quote(run).status) == (2, Decimal("500.00"), "sent")


def test_a_quote_that_nobody_answers_expires_after_its_last_day(company: Company) -> None:
    run, _deal, item = begin(company)
    prepare(run, line(item, 10, 0))

    run.pass_time(timedelta(days=29))
    assert run.open_tasks() == ["record_customer_answer"]
    run.pass_time(timedelta(days=3))

    assert run.ended_at("end_quote_done")
    assert (the_quote(run).status, run.variables["answer"]) == ("expired", "expired")


def test_without_the_sales_module_operations_are_told_what_to_switch_on(company: Company) -> None:
    deal = company.opportunity()

    run = company.start(KEY, deal.business_key, actor=REP)

    with company.database.read() as connection:
        (trouble,) = incidents.listing(connection)
    assert trouble.code == "SALES_MODULE_DISABLED" and "sales_module_enabled" in str(trouble.sentence)
    assert run.open_tasks() == []


def test_a_line_without_any_price_is_refused_on_the_form(company: Company) -> None:
    run, _deal, item = begin(company)

    with pytest.raises(InvalidForm) as refused:
        prepare(run, {"product": item, "qty": "1", "discount_pct": "0"})

    assert "list price" in str(refused.value.errors["lines"])
