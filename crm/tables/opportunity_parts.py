"""What belongs to one opportunity (catalogue 8.1): products, people, activities, cost, documents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from crm.tables.columns import identity, login, metadata, versioned
from crm.tables.types import Fixed, Moment, money, percent


def _parent() -> Column[Any]:
    return Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True)


# `amount` = qty x price less the discount.
opportunity_product = Table(
    "opportunity_product",
    metadata,
    identity(),
    _parent(),
    Column("product_id", ForeignKey("product.id"), nullable=False, index=True),
    Column("qty", Fixed(14, 4), nullable=False),
    Column("price", money(), nullable=False),
    Column("discount_pct", percent(), nullable=False, default=0),
    Column("amount", money(), nullable=False),
    *versioned(),
    CheckConstraint("qty > 0", name="qty"),
    CheckConstraint("price >= 0", name="price"),
)

# At most one contact decides.
opportunity_contact = Table(
    "opportunity_contact",
    metadata,
    identity(),
    _parent(),
    Column("contact_id", ForeignKey("contact.id"), nullable=False, index=True),
    Column("buying_role", String(20)),
    Column("influence", Integer),
    Column("stance", String(20)),
    Column("mode", String(20)),
    Column("is_lead_decision_maker", Boolean, nullable=False, default=False),
    Column("relationship_goal", Text),
    login("our_owner", nullable=True),
    Column("next_touch", Date),
    *versioned(),
    CheckConstraint("influence BETWEEN 1 AND 5", name="influence"),
    UniqueConstraint("opportunity_id", "contact_id"),
    Index(
        "uq_opportunity_contact_lead",
        "opportunity_id",
        unique=True,
        sqlite_where=text("is_lead_decision_maker"),
        postgresql_where=text("is_lead_decision_maker"),
    ),
)

opportunity_activity = Table(
    "opportunity_activity",
    metadata,
    identity(),
    _parent(),
    Column("type", String(10), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("due", Date),
    Column("done_at", Moment()),
    login("owner"),
    Column("result", Text),
    Column("sales_call_id", ForeignKey("sales_call.id"), index=True),
    *versioned(),
    CheckConstraint("type IN ('call', 'visit', 'mail', 'meeting', 'demo', 'task')", name="type"),
)

opportunity_expense = Table(
    "opportunity_expense",
    metadata,
    identity(),
    _parent(),
    Column("type", String(20), nullable=False),
    Column("spent_on", Date, nullable=False),
    Column("amount", money(), nullable=False),
    login("payer"),
    Column("approved", Boolean, nullable=False, default=False),
    Column("note", Text),
    *versioned(),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("type IN ('travel', 'hospitality', 'demo', 'bid', 'other')", name="type"),
)

# `won` marks the competitor whom the customer chose.
opportunity_competitor = Table(
    "opportunity_competitor",
    metadata,
    identity(),
    _parent(),
    Column("competitor_id", ForeignKey("competitor.id"), nullable=False, index=True),
    Column("products", Text),
    Column("services", Text),
    Column("partners", Text),
    Column("price", money()),
    Column("alignment", Integer),
    Column("strengths", Text),
    Column("weaknesses", Text),
    Column("likely_strategy", Text),
    Column("our_counter_moves", Text),
    Column("won", Boolean, nullable=False, default=False),
    *versioned(),
    CheckConstraint("alignment BETWEEN 1 AND 5", name="alignment"),
    UniqueConstraint("opportunity_id", "competitor_id"),
)

# Versions of one document share its kind and file name; the content never changes.
opportunity_document = Table(
    "opportunity_document",
    metadata,
    identity(),
    _parent(),
    Column("kind", String(20), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("visibility", String(10), nullable=False, default="team"),
    Column("content", LargeBinary, nullable=False),
    *versioned(),
    CheckConstraint("visibility IN ('team', 'owner')", name="visibility"),
    UniqueConstraint("opportunity_id", "kind", "file_name", "version"),
)
