"""What operations and administrators configure: modes and stages, reasons, limits, flags, rates, numbers."""

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
    UniqueConstraint,
)

from crm.tables.columns import identity, metadata, versioned
from crm.tables.types import Fixed, Moment, money, percent

sales_mode = Table(
    "sales_mode",
    metadata,
    Column("key", String(20), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_zh", String(100), nullable=False),
    Column("process_key", String(120)),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
)

# `pipeline_entry` marks the first pipeline stage of the mode; a stage in use is retired, never deleted.
sales_stage = Table(
    "sales_stage",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("mode", ForeignKey("sales_mode.key"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("name_zh", String(100), nullable=False),
    Column("probability", percent(), nullable=False),
    Column("max_days", Integer, nullable=False),
    Column("exit_criteria", JSON, nullable=False, default=list),
    Column("required_fields", JSON, nullable=False, default=list),
    Column("quote_required", Boolean, nullable=False, default=False),
    Column("allow_skip", Boolean, nullable=False, default=False),
    Column("forecast_default", String(20), nullable=False, default="pipeline"),
    Column("pipeline_entry", Boolean, nullable=False, default=False),
    Column("retired", Boolean, nullable=False, default=False),
    *versioned(),
    UniqueConstraint("mode", "position"),
)

reason_code = Table(
    "reason_code",
    metadata,
    identity(),
    Column("kind", String(20), nullable=False),
    Column("code", String(30), nullable=False),
    Column("name", String(100), nullable=False),
    Column("name_zh", String(100), nullable=False),
    Column("note_required", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
    CheckConstraint("kind IN ('win', 'loss', 'disqualify', 'cancel', 'defer', 'lead')", name="kind"),
    UniqueConstraint("kind", "code"),
)

# Versions side by side; the one in force is the newest published one whose `valid_from` has come. `published_by`
# put a version forward, `confirmed_by` is the second pair of eyes.
approval_threshold = Table(
    "approval_threshold",
    metadata,
    identity(),
    Column("version", Integer, nullable=False, unique=True),
    Column("valid_from", Moment(), nullable=False, index=True),
    Column("limit_standard", money(), nullable=False),
    Column("limit_major", money(), nullable=False),
    Column("limit_strategic", money(), nullable=False),
    Column("weights", JSON, nullable=False),
    Column("params", JSON, nullable=False),
    Column("state", String(10), nullable=False, default="published", server_default="published"),
    Column("published_by", String(80), nullable=False),
    Column("confirmed_by", String(80)),
    *versioned(),
    CheckConstraint("state IN ('proposed', 'published', 'withdrawn')", name="state"),
    CheckConstraint("limit_standard < limit_major AND limit_major < limit_strategic", name="limits"),
)

feature_flag = Table(
    "feature_flag",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("enabled", Boolean, nullable=False),
    *versioned(),
)

# How many units of the base currency one unit of `currency` is worth from this day on.
exchange_rate = Table(
    "exchange_rate",
    metadata,
    identity(),
    Column("currency", String(3), nullable=False),
    Column("day", Date, nullable=False),
    Column("rate", Fixed(18, 8), nullable=False),
    *versioned(),
    CheckConstraint("rate > 0", name="rate"),
    UniqueConstraint("currency", "day"),
)

number_sequence = Table(
    "number_sequence",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("prefix", String(10), nullable=False),
    Column("width", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)
