"""Orders of won opportunities, and how far they are delivered, invoiced and paid (SU-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from crm import records, states
from crm.errors import InvalidValue
from crm.opportunities import Opportunity
from crm.tables import order_execution, order_line, product, sales_order
from crm.titles import NOTHING, both

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
SOLD = ("won", "closed")


@dataclass(frozen=True)
class NewLine:
    """One line to order: `qty` units at `price` less `discount_pct` percent, to be delivered on a day."""

    product_id: int
    qty: Decimal
    price: Decimal
    discount_pct: Decimal
    delivery_date: date

    @property
    def amount(self) -> Decimal:
        """What the customer pays for the line, to the cent."""
        return (self.qty * self.price * (HUNDRED - self.discount_pct) / HUNDRED).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Order:
    """One order; amounts in base currency."""

    id: int
    number: str
    opportunity_id: int
    quote_id: int | None
    order_no: str | None
    ordered_on: date
    amount: Decimal
    status: str
    owner: str
    row_version: int

    @property
    def business_key(self) -> str:
        """How processes name this record: `order:ORD-0001`."""
        return f"order:{self.number}"


@dataclass(frozen=True)
class LineExecution:
    """How far one line is: quantities in units; `next_date` is when the rest is expected."""

    id: int
    order_line_id: int
    product: str
    amount: Decimal
    ordered: Decimal
    shipped: Decimal
    invoiced: Decimal
    received_amount: Decimal
    next_date: date
    late: bool
    state: str
    row_version: int


def get(connection: Connection, number: str) -> Order:
    """One order by number (ORD-0001); raises `RecordNotFound`."""
    query = select(*records.columns(sales_order, Order)).where(sales_order.c.number == number)
    return records.one(connection, Order, query, number)


def latest(connection: Connection, opportunity_id: int) -> Order | None:
    """The newest order of an opportunity, or None."""
    query = select(*records.columns(sales_order, Order)).where(sales_order.c.opportunity_id == opportunity_id)
    found = records.every(connection, Order, query.order_by(sales_order.c.id.desc()).limit(1))
    return found[0] if found else None


def enter(
    connection: Connection,
    deal: Opportunity,
    wanted: Iterable[NewLine],
    *,
    ordered_on: date,
    quote_id: int | None = None,
    order_no: str | None = None,
    by: str,
    at: datetime,
) -> Order:
    """Adds the order of a won opportunity with its lines, each ready to be delivered.

    Raises `InvalidValue` for an opportunity that is not won, or without lines.
    """
    chosen = tuple(wanted)
    if deal.status not in SOLD:
        raise InvalidValue(
            expected=both("a won opportunity", "已赢单的商机"),
            field="opportunity",
            record=deal.number,
            value=states.OPPORTUNITY.named(deal.status),
        )
    if not chosen:
        raise InvalidValue(
            expected=both("at least one product", "至少一项产品"),
            field="order_lines",
            record=deal.number,
            value=NOTHING,
        )
    number = records.number(connection, "order")
    row = {
        "number": number,
        "opportunity_id": deal.id,
        "quote_id": quote_id,
        "order_no": order_no,
        "ordered_on": ordered_on,
        "amount": sum((line.amount for line in chosen), Decimal(0)),
        "owner": deal.owner,
        "org_unit_id": deal.org_unit_id,
    }
    order_id = records.insert(connection, sales_order, row, by=by, at=at)
    for line in chosen:
        _add_line(connection, order_id, line, by=by, at=at)
    return get(connection, number)


def _add_line(connection: Connection, order_id: int, line: NewLine, *, by: str, at: datetime) -> None:
    row = {"order_id": order_id, **vars(line), "amount": line.amount}
    line_id = records.insert(connection, order_line, row, by=by, at=at)
    row = {"order_line_id": line_id, "ordered": line.qty, "next_date": line.delivery_date}
    records.insert(connection, order_execution, row, by=by, at=at)


def execution(connection: Connection, order_id: int) -> tuple[LineExecution, ...]:
    """How far each line of an order is, in order."""
    return records.every(connection, LineExecution, _lines().where(order_line.c.order_id == order_id))


def executions(connection: Connection, wanted: Select[tuple[int]]) -> Mapping[int, Sequence[LineExecution]]:
    """The same for many orders, by the order's id; one query, however many there are."""
    found: dict[int, list[LineExecution]] = defaultdict(list)
    query = _lines().add_columns(order_line.c.order_id).where(order_line.c.order_id.in_(wanted))
    for row in connection.execute(query).mappings():
        found[row["order_id"]].append(records.read(LineExecution, row))
    return found


def _lines() -> Select[Any]:
    taken = [column for column in records.columns(order_execution, LineExecution) if column.name != "product"]
    return (
        select(*taken, product.c.name.label("product"), order_line.c.amount)
        .join(order_line, order_line.c.id == order_execution.c.order_line_id)
        .join(product, product.c.id == order_line.c.product_id)
        .order_by(order_line.c.id)
    )


def report(
    connection: Connection,
    line: LineExecution,
    *,
    shipped: Decimal,
    invoiced: Decimal,
    received_amount: Decimal,
    by: str,
    at: datetime,
) -> None:
    """Takes over what delivery and accounting say of a line; raises `InvalidValue` for more than was ordered."""
    if not 0 <= shipped <= line.ordered or not 0 <= invoiced <= line.ordered:
        most = both(f"0 to {line.ordered} units", f"0 至 {line.ordered} 件")
        raise InvalidValue(expected=most, field="shipped", record=line.product, value=max(shipped, invoiced))
    changes = {"shipped": shipped, "invoiced": invoiced, "received_amount": received_amount}
    _write(connection, line, changes, by=by, at=at)


def refresh(connection: Connection, order: Order, today: date, *, by: str, at: datetime) -> Order:
    """Works out the state of each line and of the order from what was reported.

    A line is complete once all of it is shipped, invoiced and paid; it is late while something is
    not shipped and the day it was expected has passed.
    """
    found = execution(connection, order.id)
    for line in found:
        state = "cancelled" if order.status == "cancelled" else _state(line)
        late = state in ("open", "partial") and line.shipped < line.ordered and line.next_date < today
        _write(connection, line, {"state": state, "late": late, "refreshed_at": at}, by=by, at=at)
    status = _whole({_state(line) for line in found})
    if order.status in ("cancelled", status):
        return order
    states.move(states.ORDER, order.number, order.status, status)
    return _save(connection, order, {"status": status}, by=by, at=at)


def _state(line: LineExecution) -> str:
    if line.shipped >= line.ordered and line.invoiced >= line.ordered and line.received_amount >= line.amount:
        return "complete"
    return "partial" if line.shipped > 0 or line.invoiced > 0 or line.received_amount > 0 else "open"


def _whole(of_lines: set[str]) -> str:
    return "complete" if of_lines == {"complete"} else "entered" if of_lines == {"open"} else "partial"


def postpone(
    connection: Connection,
    line: LineExecution,
    cause: str,
    new_date: date | None,
    *,
    customer_informed: bool,
    by: str,
    at: datetime,
) -> None:
    """Notes why a line is late, whether the customer knows, and the new day if there is one."""
    changes: dict[str, Any] = {"delay_cause": cause, "customer_informed": customer_informed}
    if new_date is not None:
        changes |= {"next_date": new_date, "late": False}
    _write(connection, line, changes, by=by, at=at)


def cancel(connection: Connection, order: Order, *, by: str, at: datetime) -> Order:
    """Cancels an order that is not complete; raises `IllegalMove`."""
    states.move(states.ORDER, order.number, order.status, "cancelled")
    return _save(connection, order, {"status": "cancelled"}, by=by, at=at)


def _save(connection: Connection, order: Order, changes: dict[str, Any], *, by: str, at: datetime) -> Order:
    version = records.update(
        connection, sales_order, order.id, order.row_version, changes, by=by, at=at, record=order.number
    )
    return replace(order, **changes, row_version=version)


def _write(connection: Connection, line: LineExecution, changes: dict[str, Any], *, by: str, at: datetime) -> None:
    records.update(connection, order_execution, line.id, line.row_version, changes, by=by, at=at, record=line.product)
