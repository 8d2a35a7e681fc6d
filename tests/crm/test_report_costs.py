"""Reports over many records: what they say of each, at the same number of queries however many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, event

from crm import opportunities, orders, records
from crm.measures import calls
from crm.measures.frame import Asked
from crm.orders import NewLine, Order
from crm.reports import fulfilment
from crm.reports.frame import Scope
from crm.tables import product
from tests.crm.factories import BY, NOW, an_account, an_opportunity

DAY = NOW.date()


@pytest.fixture(autouse=True)
def company(configured: dict[str, int]) -> None:
    """The people whom records name."""


def asked(connection: Connection) -> Asked:
    return Asked(connection, ("lin.wei",), DAY - timedelta(days=30), DAY, NOW)


def an_order(connection: Connection, name: str, *prices: int) -> Order:
    row = {"number": records.number(connection, "product"), "name": name, "name_zh": name, "unit": "piece"}
    item = records.insert(connection, product, row, by=BY, at=NOW)
    won = opportunities.move(connection, an_opportunity(connection, name, status="active"), "won", by=BY, at=NOW)
    lines = [NewLine(item, Decimal(10), Decimal(price), Decimal(0), date(2030, 1, 1)) for price in prices]
    return orders.enter(connection, won, lines, ordered_on=DAY, by=BY, at=NOW)


def cost(connection: Connection, work: Callable[[], object]) -> int:
    seen: list[object] = []

    def note(*args: object) -> None:
        seen.append(args[2])

    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_the_report_on_orders_sums_the_lines_of_each_order(connection: Connection) -> None:
    first, second = an_order(connection, "one", 100, 200), an_order(connection, "two", 100)
    line = orders.execution(connection, first.id)[0]
    done = {"shipped": Decimal(10), "invoiced": Decimal(5), "received_amount": Decimal(250)}
    orders.report(connection, line, by=BY, at=NOW, **done)

    (sheet,) = fulfilment.execution(Scope(asked(connection), "2026-Q1"))

    assert sheet.rows == (
        (first.number, first.status, Decimal("50.00"), Decimal("50.00"), Decimal("50.00"), 0, None),
        (second.number, second.status, Decimal(0), None, None, 0, None),
    )


def test_it_costs_the_same_number_of_queries_however_many_orders(connection: Connection) -> None:
    scope = Scope(asked(connection), "2026-Q1")
    an_order(connection, "first", 100)
    few = cost(connection, lambda: fulfilment.execution(scope))
    for index in range(4):
        an_order(connection, f"more {index}", 100)

    assert cost(connection, lambda: fulfilment.execution(scope)) == few


def test_the_coverage_of_target_accounts_does_so_too(connection: Connection) -> None:
    an_account(connection, "First", is_target=True)
    few = cost(connection, lambda: calls.target_coverage(asked(connection)))
    for index in range(4):
        an_account(connection, f"More {index}", is_target=True)

    figure = calls.target_coverage(asked(connection))

    assert cost(connection, lambda: calls.target_coverage(asked(connection))) == few
    assert (figure.numerator, figure.denominator) == (Decimal(5), Decimal(5))
