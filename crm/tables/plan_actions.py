"""Actions of plans: what somebody does by a day, for an account plan or an opportunity plan (catalogue 8.1)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from crm.tables.columns import identity, login, metadata, versioned
from crm.tables.types import Moment

# Exactly one of the two plans is the parent; `parent_kind` says which, and lists go by it.
plan_action = Table(
    "plan_action",
    metadata,
    identity(),
    Column("parent_kind", String(20), nullable=False),
    Column("account_plan_id", ForeignKey("account_plan.id"), index=True),
    Column("opportunity_plan_id", ForeignKey("opportunity_plan.id"), index=True),
    Column("type", String(30), nullable=False, default="task"),
    Column("text", Text, nullable=False),
    Column("objective", Text),
    Column("section", String(20)),
    login("owner"),
    Column("due", Date, nullable=False),
    Column("status", String(10), nullable=False, default="open"),
    Column("done_at", Moment()),
    Column("result", Text),
    Column("carried_from", Integer),
    *versioned(),
    CheckConstraint("status IN ('open', 'done', 'late', 'dropped', 'carried')", name="status"),
    CheckConstraint(
        "(parent_kind = 'account_plan' AND account_plan_id IS NOT NULL AND opportunity_plan_id IS NULL)"
        " OR (parent_kind = 'opportunity_plan' AND opportunity_plan_id IS NOT NULL AND account_plan_id IS NULL)",
        name="parent",
    ),
    Index("ix_plan_action_owner_status_due", "owner", "status", "due"),
)
