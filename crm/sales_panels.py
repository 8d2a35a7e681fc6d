"""The panels beside the forms of quotes, orders and forecasts."""

from __future__ import annotations

from crm import forecasts, form_views, opportunities, orders, periods, products, quotes, secrecy
from crm.panels import Asked, Panel, Panels

LINE_COLUMNS = ("Product", "Quantity", "List price", "Discount", "Amount")
EXECUTION_COLUMNS = ("Product", "Ordered", "Shipped", "Invoiced", "Received", "Rest expected on", "Late")


def _quote(asked: Asked) -> Panel:
    number = asked.variables.get("quote_number")
    if not number:
        return Panel("The quote", empty="No quote is prepared yet.")
    found = quotes.get(asked.connection, str(number))
    facts: list[tuple[str, object]] = [
        ("Quote", f"{found.number} ({found.version})"),
        ("Amount", found.amount),
        ("Discount", found.discount_pct / 100),
        ("Valid until", found.valid_until),
        ("Terms of payment", found.payment_terms),
        ("Terms beyond the standard", found.non_standard_terms),
        ("Reason for the discount", found.justification),
    ]
    hidden = secrecy.hidden_fields(asked.who, found.owner, "quote")
    if "margin_pct" not in hidden and found.margin_pct is not None:
        facts.insert(3, ("Margin rate", found.margin_pct / 100))
    rows = tuple(
        (
            products.name_of(asked.connection, line.product_id),
            line.qty,
            line.list_price,
            line.discount_pct / 100,
            line.amount,
        )
        for line in quotes.lines(asked.connection, found.id)
    )
    return Panel("The quote", tuple(facts), LINE_COLUMNS, rows)


def _order_execution(asked: Asked) -> Panel:
    order = orders.get(asked.connection, str(asked.variables.get("order_number")))
    deal = opportunities.by_id(asked.connection, order.opportunity_id)
    facts = (
        ("Order", order.number),
        ("Number of the customer", order.order_no),
        ("Opportunity", f"{deal.number} {deal.name}"),
        ("Ordered on", order.ordered_on),
        ("Amount", order.amount),
    )
    rows = tuple(
        (line.product, line.ordered, line.shipped, line.invoiced, line.received_amount, line.next_date, line.late)
        for line in orders.execution(asked.connection, order.id)
    )
    return Panel("Order execution", facts, EXECUTION_COLUMNS, rows)


def _forecast(asked: Asked) -> Panel:
    number = asked.variables.get("forecast_number")
    if not number:
        return Panel("The forecast", empty="The forecast is not worked out yet.")
    found = forecasts.get(asked.connection, str(number))
    first, last = periods.days(found.period)
    goal = forecasts.target(asked.connection, found.owner, found.period)
    facts = (
        ("Quarter", found.period),
        ("From", first),
        ("Until", last),
        ("Target", goal),
        ("Weighted amount", found.weighted),
        ("Won and committed", found.commit_lines),
        ("Best case", found.best_case_lines),
        ("Coverage", found.coverage),
        ("Still missing", None if goal is None else goal - found.commit_lines),
        ("Submitted commit", found.commit_amount),
        ("Submitted best case", found.best_case),
        ("Risks", found.risks),
        ("Not submitted in time", found.stale),
    )
    return Panel("The forecast", facts)


def _forecast_target(asked: Asked) -> Panel:
    return target_gap(asked, str(asked.variables.get("owner") or asked.user))


def target_gap(asked: Asked, owner: str) -> Panel:
    """How far somebody is from the target of the quarter."""
    found = form_views.target_gap(asked.connection, owner, asked.now.date())
    facts = (
        ("Quarter", found.period),
        ("Target", found.target),
        ("Won", found.won),
        ("Won and committed", found.commit),
        ("Weighted pipeline", found.weighted),
        ("Still missing", found.gap),
    )
    return Panel("Target of the quarter", facts)


PANELS: Panels = {
    "forecast": _forecast,
    "forecast_target": _forecast_target,
    "order_execution": _order_execution,
    "quote": _quote,
}
