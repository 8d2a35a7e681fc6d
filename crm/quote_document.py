"""A quote on paper: what the customer gets, in both languages, as a page of its own."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from sqlalchemy import Connection

from crm import products
from crm.accounts import Account
from crm.opportunities import Opportunity
from crm.quotes import Quote, lines

HEADS = ("Product / 产品", "Quantity / 数量", "List price / 目录价", "Discount / 折扣", "Amount / 金额")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>Quote / 报价 {number} ({version})</h1>
<p>{customer} · {deal}</p>
<table border="1">
<thead><tr>{heads}</tr></thead>
<tbody>{rows}</tbody>
<tfoot><tr><th colspan="4">Total / 合计 ({currency})</th><td>{amount}</td></tr></tfoot>
</table>
<p>Valid until / 有效期至: {valid_until}</p>
<p>Terms of payment / 付款条款: {terms}</p>
</body></html>
"""


def render(connection: Connection, quote: Quote, deal: Opportunity, customer: Account, currency: str) -> bytes:
    """The page as HTML in UTF-8; every value is escaped."""
    rows = "".join(
        _row(
            products.name_of(connection, line.product_id),
            f"{line.qty.normalize():f}",
            _money(line.list_price),
            f"{line.discount_pct.normalize():f} %",
            _money(line.amount),
        )
        for line in lines(connection, quote.id)
    )
    page = PAGE.format(
        title=escape(quote.number),
        number=escape(quote.number),
        version=quote.version,
        customer=escape(customer.name),
        deal=escape(f"{deal.number} {deal.name}"),
        heads="".join(f"<th>{escape(head)}</th>" for head in HEADS),
        rows=rows,
        currency=escape(currency),
        amount=_money(quote.amount),
        valid_until=quote.valid_until.isoformat(),
        terms=escape(quote.payment_terms),
    )
    return page.encode()


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"
