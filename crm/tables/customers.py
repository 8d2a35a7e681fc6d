"""Accounts and what belongs to them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from crm.tables.columns import identity, imported, login, metadata, numbered, owned, versioned
from crm.tables.types import Moment, money, percent

# `name_key` is the normalised name that imports and duplicate checks compare.
account = Table(
    "account",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, index=True),
    Column("tax_id", String(60), unique=True),
    Column("status", String(20), nullable=False, default="prospect"),
    Column("industry", String(100)),
    Column("region", String(100)),
    Column("size", String(40)),
    Column("address", Text),
    Column("phone", String(60)),
    Column("website", String(300)),
    Column("segment", String(40)),
    Column("tier", String(20)),
    Column("is_target", Boolean, nullable=False, default=False),
    login("executive_sponsor", nullable=True),
    Column("cadence_days", Integer),
    Column("credit_standing", String(10), nullable=False, default="good"),
    Column("credit_limit", money()),
    Column("prior_customer", Boolean, nullable=False, default=False),
    Column("revenue_ltm", money()),
    *owned(),
    *imported(),
    *versioned(),
    CheckConstraint("credit_standing IN ('good', 'watch', 'hold')", name="credit_standing"),
    CheckConstraint("status IN ('prospect', 'active', 'inactive')", name="status"),
    UniqueConstraint("source_system", "external_id"),
)

contact = Table(
    "contact",
    metadata,
    *numbered(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("title", String(200)),
    Column("department", String(200)),
    Column("phone", String(60)),
    Column("email", String(254), index=True),
    Column("buying_role", String(20)),
    Column("influence", Integer),
    Column("stance", String(20)),
    Column("consent", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    *imported(),
    *versioned(),
    CheckConstraint("influence BETWEEN 1 AND 5", name="influence"),
    UniqueConstraint("source_system", "external_id"),
)

# A published version never changes; a newer one takes its place.
account_profile = Table(
    "account_profile",
    metadata,
    identity(),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("business_summary", Text),
    Column("initiatives", Text),
    Column("buying_centres", Text),
    Column("trends", Text),
    Column("share_of_wallet_pct", percent()),
    Column("installed_products", Text),
    Column("satisfaction", Integer),
    Column("white_space", Text),
    Column("relationship_strength", Integer),
    Column("completeness_pct", percent()),
    Column("published_at", Moment()),
    Column("valid_until", Date),
    *versioned(),
    CheckConstraint("relationship_strength BETWEEN 1 AND 5", name="relationship_strength"),
    UniqueConstraint("account_id", "version"),
)

account_plan = Table(
    "account_plan",
    metadata,
    *numbered(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("period", String(20), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("depth", String(20)),
    Column("status", String(20), nullable=False, default="draft"),
    Column("vision", Text),
    Column("drivers", Text),
    Column("initiatives", Text),
    Column("swot", JSON),
    Column("strategies", Text),
    Column("budget", money()),
    Column("coverage_ratio", percent()),
    Column("completeness_pct", percent()),
    Column("plan_health", String(10)),
    *owned(),
    *versioned(),
    UniqueConstraint("account_id", "period", "version"),
)

account_plan_pended = Table(
    "account_plan_pended",
    metadata,
    identity(),
    Column("account_plan_id", ForeignKey("account_plan.id"), nullable=False, index=True),
    Column("pended_item_id", ForeignKey("pended_item.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("resume_date", Date, nullable=False),
    *versioned(),
    UniqueConstraint("account_plan_id", "pended_item_id"),
)

account_team_member = Table(
    "account_team_member",
    metadata,
    identity(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    login("login"),
    Column("role", String(20), nullable=False, default="member"),
    Column("access", String(10), nullable=False, default="read"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    *versioned(),
    CheckConstraint("access IN ('read', 'change')", name="access"),
    UniqueConstraint("account_id", "login", "valid_from"),
)
