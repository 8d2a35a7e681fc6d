"""How pursuits end and what is learned from them: win/loss analyses with their reasons; tactics kept for others."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from crm.tables.columns import identity, login, metadata, versioned
from crm.tables.types import Moment, percent

win_loss_analysis = Table(
    "win_loss_analysis",
    metadata,
    identity(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("decisive_factor", Text),
    Column("reusable_assets", Text),
    Column("chosen_competitor_id", ForeignKey("competitor.id"), index=True),
    Column("price_gap_pct", percent()),
    Column("lessons", Text),
    Column("revisit_date", Date),
    Column("findings", Text),
    Column("actions", JSON, nullable=False, default=list),
    Column("analysed_at", Moment(), nullable=False),
    login("analysed_by"),
    Column("reviewed_at", Moment()),
    *versioned(),
    CheckConstraint("outcome IN ('won', 'lost', 'no_decision')", name="outcome"),
)

# The share of a reason is its weight over the sum of all weights (RP-04).
win_loss_reason = Table(
    "win_loss_reason",
    metadata,
    identity(),
    Column("win_loss_analysis_id", ForeignKey("win_loss_analysis.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("code", String(20), nullable=False, index=True),
    Column("weight", Integer, nullable=False),
    *versioned(),
    CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
    CheckConstraint("kind IN ('win', 'loss')", name="kind"),
    ForeignKeyConstraint(["kind", "code"], ["reason_code.kind", "reason_code.code"]),
    UniqueConstraint("win_loss_analysis_id", "code"),
)

playbook_tactic = Table(
    "playbook_tactic",
    metadata,
    identity(),
    Column("text", Text, nullable=False),
    Column("objective", Text),
    Column("section", String(20)),
    Column("segment", String(40)),
    Column("result", Text),
    Column("opportunity_id", ForeignKey("opportunity.id"), index=True),
    Column("plan_action_id", ForeignKey("plan_action.id"), unique=True),
    login("owner"),
    *versioned(),
)
