"""Order Execution Tracking, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crm import opportunities, orders, products
from crm.opportunities import Opportunity
from crm.orders import NewLine, Order
from engine import messages, worker
from engine.testing import Run
from tests.company import REP, START, Company, any_company, company
from tests.processes.test_quote_approval import a_product

__all__ = ["any_company", "company"]

KEY = "order-execution-tracking"


def an_order(company: Company, due: date = date(2026, 10, 1)) -> tuple[Order, Opportunity]:
    deal, item = company.opportunity(status="active"), a_product(company)
    with company.database.write() as transaction:
        connection = transaction.connection
        won = opportunities.move(connection, deal, "won", by=REP, at=START)
        line = NewLine(products.id_of(connection, item), Decimal(10), Decimal(100), Decimal(0), due)
        return orders.enter(connection, won, [line], ordered_on=START.date(), by=REP, at=START), won


def deliver(company: Company, order: Order, **done: Any) -> None:
    with company.database.write() as transaction:
        connection = transaction.connection
        (line,) = orders.execution(connection, order.id)
        orders.report(connection, line, by="ops.one", at=company.clock.now(), **done)


def now(company: Company, order: Order) -> Order:
    with company.database.read() as connection:
        return orders.get(connection, order.number)


WHOLE = {"shipped": Decimal(10), "invoiced": Decimal(10), "received_amount": Decimal(1000)}
PART = {"shipped": Decimal(4), "invoiced": Decimal(0), "received_amount": Decimal(0)}


def test_an_order_is_followed_until_it_is_delivered_invoiced_and_paid(any_company: Company) -> None:
    order, deal = an_order(any_company)
    run = any_company.start(KEY, deal.business_key, actor=REP)
    deliver(any_company, order, **PART)
    run.pass_time(timedelta(days=1))
    assert (now(any_company, order).status, run.variables["execution_state"]) == ("partial", "partial")

    deliver(any_company, order, **WHOLE)
    messages.correlate(any_company.engine, "order.changed", deal.business_key)
    worker.run_due(any_company.engine)

    assert run.ended_at("end_returned")
    assert now(any_company, order).status == "complete"


def test_a_late_line_is_asked_about_until_it_has_a_new_day(company: Company) -> None:
    order, _deal = an_order(company, date(2026, 9, 10))
    run: Run = company.start(KEY, order.business_key, actor=REP)
    assert (run.open_tasks(), run.variables["late_line"]) == (["handle_delay"], "Press line")

    run.complete("handle_delay", REP, cause="Strike at the harbour", customer_informed="true")
    run.pass_time(timedelta(days=1))
    assert run.open_tasks() == ["handle_delay"]
    run.complete("handle_delay", REP, cause="Strike", customer_informed="true", new_date="2026-10-20")
    run.pass_time(timedelta(days=1))

    assert run.open_tasks() == [] and run.variables["is_late"] is False
    with company.database.read() as connection:
        (line,) = orders.execution(connection, order.id)
    assert (line.next_date, line.late) == (date(2026, 10, 20), False)


def test_a_cancelled_order_ends_the_tracking(company: Company) -> None:
    order, _deal = an_order(company)
    run = company.start(KEY, order.business_key, actor=REP)
    with company.database.write() as transaction:
        orders.cancel(transaction.connection, now(company, order), by="ops.one", at=START)

    run.pass_time(timedelta(days=1))

    assert run.ended_at("end_returned") and run.variables["execution_state"] == "cancelled"


def test_an_opportunity_without_an_order_asks_operations_for_the_record(company: Company) -> None:
    run = company.start(KEY, company.opportunity().business_key, actor=REP)

    assert run.open_tasks() == ["mr_resolve_missing_record"]
