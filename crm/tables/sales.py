"""Quotes, orders and their execution (catalogue 8.1); used while the sales module is on."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text

from crm.tables.columns import identity, metadata, numbered, owned, versioned
from crm.tables.types import Fixed, Moment, money, percent

# A revision keeps its number and grows its version; `discount_pct` is weighted by the lines' amounts.
quote = Table(
    "quote",
    metadata,
    *numbered(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False, default=1),
    Column("amount", money(), nullable=False, default=0),
    Column("discount_pct", percent(), nullable=False, default=0),
    Column("margin_pct", percent()),
    Column("valid_until", Date, nullable=False),
    Column("payment_terms", String(500), nullable=False),
    Column("non_standard_terms", Boolean, nullable=False, default=False),
    Column("justification", Text),
    Column("counter_discount", percent()),
    Column("customer_note", Text),
    Column("status", String(20), nullable=False, default="draft"),
    Column("sent_at", Moment()),
    *owned(),
    *versioned(),
    CheckConstraint(
        "status IN ('draft', 'in_approval', 'approved', 'sent', 'accepted', 'rejected', 'expired')", name="status"
    ),
)

# `amount` = qty x list price less the discount.
quote_line = Table(
    "quote_line",
    metadata,
    identity(),
    Column("quote_id", ForeignKey("quote.id"), nullable=False, index=True),
    Column("product_id", ForeignKey("product.id"), nullable=False, index=True),
    Column("qty", Fixed(14, 4), nullable=False),
    Column("list_price", money(), nullable=False),
    Column("discount_pct", percent(), nullable=False),
    Column("amount", money(), nullable=False),
    *versioned(),
    CheckConstraint("qty > 0", name="qty"),
    CheckConstraint("list_price >= 0", name="list_price"),
)

# `order_no` is the number of the customer or of another system, where there is one.
sales_order = Table(
    "sales_order",
    metadata,
    *numbered(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("quote_id", ForeignKey("quote.id"), index=True),
    Column("order_no", String(60)),
    Column("ordered_on", Date, nullable=False),
    Column("amount", money(), nullable=False),
    Column("status", String(20), nullable=False, default="entered"),
    *owned(),
    *versioned(),
    CheckConstraint("status IN ('entered', 'partial', 'complete', 'cancelled')", name="status"),
)

order_line = Table(
    "order_line",
    metadata,
    identity(),
    Column("order_id", ForeignKey("sales_order.id"), nullable=False, index=True),
    Column("product_id", ForeignKey("product.id"), nullable=False, index=True),
    Column("qty", Fixed(14, 4), nullable=False),
    Column("price", money(), nullable=False),
    Column("discount_pct", percent(), nullable=False, default=0),
    Column("amount", money(), nullable=False),
    Column("delivery_date", Date, nullable=False),
    *versioned(),
    CheckConstraint("qty > 0", name="qty"),
    CheckConstraint("price >= 0", name="price"),
)

# What delivery and accounting report of one line; quantities in units, `received_amount` in money.
order_execution = Table(
    "order_execution",
    metadata,
    identity(),
    Column("order_line_id", ForeignKey("order_line.id"), nullable=False, unique=True),
    Column("ordered", Fixed(14, 4), nullable=False),
    Column("shipped", Fixed(14, 4), nullable=False, default=0),
    Column("invoiced", Fixed(14, 4), nullable=False, default=0),
    Column("received_amount", money(), nullable=False, default=0),
    Column("next_date", Date, nullable=False),
    Column("late", Boolean, nullable=False, default=False),
    Column("state", String(20), nullable=False, default="open"),
    Column("delay_cause", Text),
    Column("customer_informed", Boolean),
    Column("refreshed_at", Moment()),
    *versioned(),
    CheckConstraint("state IN ('open', 'partial', 'complete', 'cancelled')", name="state"),
    CheckConstraint("shipped >= 0 AND invoiced >= 0 AND received_amount >= 0", name="amounts"),
)
