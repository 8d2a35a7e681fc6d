"""What many records refer to: competitors, products and their prices, territories, sources of opportunities."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, String, Table, Text, UniqueConstraint

from crm.tables.columns import identity, login, metadata, numbered, versioned
from crm.tables.types import money

competitor = Table(
    "competitor",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False, unique=True),
    Column("products", Text),
    Column("strengths", Text),
    Column("weaknesses", Text),
    Column("typical_strategy", Text),
    Column("price_level", String(10)),
    Column("news", Text),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
    CheckConstraint("price_level IN ('below', 'equal', 'above')", name="price_level"),
)

product = Table(
    "product",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("family", String(100)),
    Column("unit", String(40), nullable=False),
    Column("unit_cost", money()),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
)

# The price in force is the one of the newest list whose day has come.
price_list = Table(
    "price_list",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    *versioned(),
)

price = Table(
    "price",
    metadata,
    identity(),
    Column("price_list_id", ForeignKey("price_list.id"), nullable=False, index=True),
    Column("product_id", ForeignKey("product.id"), nullable=False, index=True),
    Column("list_price", money(), nullable=False),
    *versioned(),
    CheckConstraint("list_price >= 0", name="list_price"),
    UniqueConstraint("price_list_id", "product_id"),
)

territory = Table(
    "territory",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("regions", Text),
    Column("org_unit_id", ForeignKey("org_unit.id")),
    login("manager", nullable=True),
    *versioned(),
)

opportunity_source = Table(
    "opportunity_source",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_zh", String(100), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
)
