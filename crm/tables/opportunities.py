"""Opportunities, what was decided about them, and how they moved."""

from __future__ import annotations

from typing import Any

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

from crm.tables.columns import identity, imported, login, metadata, numbered, owned, versioned
from crm.tables.types import Moment, money, percent

STATUSES = (
    "draft",
    "prequalified",
    "assessed",
    "active",
    "pended",
    "won",
    "closed",
    "lost",
    "no_decision",
    "cancelled",
    "disqualified",
)
RATINGS = ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _parent() -> Column[Any]:
    return Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True)


opportunity = Table(
    "opportunity",
    metadata,
    *numbered(),
    Column("name", String(200), nullable=False),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("primary_contact_id", ForeignKey("contact.id")),
    Column("source", String(60), nullable=False),
    Column("sales_mode", ForeignKey("sales_mode.key"), nullable=False),
    Column("stage", ForeignKey("sales_stage.key"), index=True),
    Column("stage_entered_at", Moment()),
    Column("status", String(20), nullable=False, default="draft"),
    Column("amount", money()),
    Column("currency", String(3), nullable=False),
    Column("amount_base", money()),
    Column("win_probability", percent()),
    Column("expected_close_date", Date),
    Column("need", Text),
    Column("complexity", String(20)),
    Column("rfp", Boolean, nullable=False, default=False),
    Column("rfp_due_date", Date),
    Column("fast_track", Boolean, nullable=False, default=False),
    Column("pursue_decision", String(10)),
    Column("confirmed_at", Moment()),
    Column("priority", String(10)),
    Column("priority_score", percent()),
    Column("priority_confirmed_by", String(80)),
    *(Column(name, Integer) for name in RATINGS),
    Column("segment", String(40)),
    Column("pipeline_entry_at", Moment()),
    Column("resume_date", Date),
    Column("next_step", String(500)),
    Column("next_step_date", Date),
    Column("notes", Text),
    Column("forecast_category", String(20)),
    Column("outcome", String(20)),
    Column("outcome_date", Date),
    Column("actual_amount", money()),
    *owned(),
    *imported(),
    *versioned(),
    _one_of("status", STATUSES),
    _one_of("priority", ("high", "medium", "low")),
    _one_of("pursue_decision", ("pursue", "no", "defer")),
    *(CheckConstraint(f"{name} BETWEEN 1 AND 5", name=name) for name in RATINGS),
    UniqueConstraint("source_system", "external_id"),
    Index("ix_opportunity_owner_status", "owner", "status"),
    Index("ix_opportunity_status_close", "status", "expected_close_date"),
)

# A change of owner ends the old owner's row and begins a new one; an old owner reads on for 30 days.
opportunity_team_member = Table(
    "opportunity_team_member",
    metadata,
    identity(),
    _parent(),
    login("login"),
    Column("role", String(20), nullable=False, default="member"),
    Column("share_pct", percent()),
    Column("access", String(10), nullable=False, default="read"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    *versioned(),
    CheckConstraint("access IN ('read', 'change')", name="access"),
)

opportunity_stage_history = Table(
    "opportunity_stage_history",
    metadata,
    identity(),
    _parent(),
    Column("from_stage", String(60)),
    Column("to_stage", String(60)),
    Column("from_status", String(20)),
    Column("to_status", String(20), nullable=False),
    Column("moved_at", Moment(), nullable=False),
    Column("moved_by", String(80), nullable=False),
    Column("amount_base", money()),
    Column("probability", percent()),
    Column("days_in_stage", Integer),
    Column("reason", Text),
)

# `imported` marks the neutral defaults of an import; `answers` holds the questionnaire as asked.
opportunity_evaluation = Table(
    "opportunity_evaluation",
    metadata,
    identity(),
    _parent(),
    Column("kind", String(20), nullable=False),
    Column("answers", JSON, nullable=False, default=dict),
    Column("score", percent()),
    Column("knockout", Boolean, nullable=False, default=False),
    Column("recommendation", String(30)),
    Column("override", Text),
    Column("max_discount_pct", percent(), nullable=False, default=0),
    Column("non_standard_terms", Boolean, nullable=False, default=False),
    Column("delivery_risk", Integer, nullable=False, default=1),
    Column("imported", Boolean, nullable=False, default=False),
    Column("evaluated_at", Moment(), nullable=False),
    Column("evaluated_by", String(80), nullable=False),
    _one_of("kind", ("prequal", "assessment", "stage")),
    CheckConstraint("delivery_risk BETWEEN 1 AND 5", name="delivery_risk"),
    CheckConstraint("max_discount_pct >= 0", name="max_discount_pct"),
)

pursue_decision = Table(
    "pursue_decision",
    metadata,
    identity(),
    _parent(),
    Column("decision", String(10), nullable=False),
    Column("basis", String(20), nullable=False),
    Column("rationale", Text),
    Column("reason_code", String(20)),
    Column("capacity_ok", Boolean),
    Column("plan_alignment", String(20)),
    Column("decided_at", Moment(), nullable=False),
    Column("decided_by", String(80), nullable=False),
    _one_of("decision", ("pursue", "no", "defer")),
    _one_of("basis", ("pipeline", "fast_track")),
)

pended_item = Table(
    "pended_item",
    metadata,
    identity(),
    _parent(),
    Column("reason", String(30), nullable=False),
    Column("resume_date", Date, nullable=False),
    Column("note", Text),
    Column("keep_in_account_plan", Boolean, nullable=False, default=False),
    Column("extension_count", Integer, nullable=False, default=0),
    Column("state", String(10), nullable=False, default="waiting"),
    Column("deferred_at", Moment(), nullable=False),
    Column("deferred_by", String(80), nullable=False),
    Column("settled_at", Moment()),
    Column("settled_by", String(80)),
    Column("settled_reason", Text),
    *versioned(),
    _one_of("state", ("waiting", "resumed", "dropped")),
    Index(
        "uq_pended_item_waiting",
        "opportunity_id",
        unique=True,
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
