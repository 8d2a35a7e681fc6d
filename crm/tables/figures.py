"""Figures over time: forecast lines, pipeline snapshots, targets."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from crm.tables.columns import identity, login, metadata, numbered, owned, versioned
from crm.tables.types import Fixed, Moment, money, percent

# A line that left the forecast keeps its figures and gets `left_at`; at most one line counts.
forecast_line = Table(
    "forecast_line",
    metadata,
    identity(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    login("owner"),
    Column("period", String(10)),
    Column("probability", percent(), nullable=False),
    Column("close_date", Date),
    Column("revenue_potential", money(), nullable=False),
    Column("category", String(20), nullable=False),
    Column("stale", Boolean, nullable=False, default=False),
    Column("comment", Text),
    Column("left_at", Moment()),
    *versioned(),
    CheckConstraint("category IN ('pipeline', 'best_case', 'commit', 'omitted', 'closed', 'future')", name="category"),
    Index(
        "uq_forecast_line_current",
        "opportunity_id",
        unique=True,
        sqlite_where=text("left_at IS NULL"),
        postgresql_where=text("left_at IS NULL"),
    ),
)

# One person's forecast of one quarter; a published version never changes, the next one takes its place.
forecast = Table(
    "forecast",
    metadata,
    *numbered(),
    Column("period", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("weighted", money(), nullable=False, default=0),
    Column("commit_lines", money(), nullable=False, default=0),
    Column("best_case_lines", money(), nullable=False, default=0),
    Column("coverage", Fixed(12, 4)),
    Column("moved_pct", Fixed(12, 2)),
    Column("commit_amount", money()),
    Column("best_case", money()),
    Column("risks", Text),
    Column("adjustment", money()),
    Column("adjustment_reason", Text),
    Column("manager_amount", money()),
    Column("gap_actions", JSON, nullable=False, default=list),
    Column("stale", Boolean, nullable=False, default=False),
    Column("status", String(20), nullable=False, default="open"),
    Column("submitted_at", Moment()),
    Column("published_at", Moment()),
    *owned(),
    *versioned(),
    CheckConstraint("status IN ('open', 'submitted', 'approved', 'published')", name="status"),
    UniqueConstraint("owner", "period", "version"),
)

# Written nightly for all open opportunities and whenever one changes; never updated.
pipeline_snapshot = Table(
    "pipeline_snapshot",
    metadata,
    identity(),
    Column("taken_on", Date, nullable=False, index=True),
    Column("taken_at", Moment(), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("stage", String(60)),
    Column("status", String(20), nullable=False),
    Column("amount_base", money()),
    Column("probability", percent()),
    Column("owner", String(80), nullable=False),
    Column("org_unit_id", ForeignKey("org_unit.id")),
    CheckConstraint("kind IN ('nightly', 'change')", name="kind"),
    Index(
        "uq_pipeline_snapshot_nightly",
        "taken_on",
        "opportunity_id",
        unique=True,
        sqlite_where=text("kind = 'nightly'"),
        postgresql_where=text("kind = 'nightly'"),
    ),
)

# For a person or for an org unit; a period is a quarter (2026-Q3), a month (2026-09) or a year (2026).
sales_target = Table(
    "sales_target",
    metadata,
    identity(),
    login("owner", nullable=True),
    Column("org_unit_id", ForeignKey("org_unit.id")),
    Column("period", String(10), nullable=False),
    Column("measure", String(40), nullable=False),
    Column("target", money(), nullable=False),
    *versioned(),
    CheckConstraint("(owner IS NULL) <> (org_unit_id IS NULL)", name="whose"),
    UniqueConstraint("owner", "period", "measure"),
    UniqueConstraint("org_unit_id", "period", "measure"),
)
