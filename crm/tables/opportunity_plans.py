"""Opportunity plans and what they consist of (catalogue 8.1): who works what, what is unknown, how the deal is won."""

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

from crm.tables.columns import identity, login, metadata, numbered, owned, versioned
from crm.tables.types import Fixed, Moment, money, percent

SECTIONS = (
    "stakeholders",
    "power_map",
    "issues",
    "timeline",
    "competition",
    "partners",
    "value",
    "solution",
    "csf",
    "resources",
    "actions",
)
"""The sections of a plan, in the order of table D19."""
MILESTONES = ("evaluation", "approval", "purchasing", "legal", "implementation", "other")


def _parent() -> Column[Any]:
    return Column("opportunity_plan_id", ForeignKey("opportunity_plan.id"), nullable=False, index=True)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


# One plan per opportunity; opening it anew makes it a draft of the next version.
# `agreed` means reviewed and accepted; `iteration_no` counts the passes through the iterative tasks.
# `customer_view` holds needs, challenges, trends and sources; `issues`, `partners` and `csf` are lists of rows.
opportunity_plan = Table(
    "opportunity_plan",
    metadata,
    *numbered(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False, default=1),
    Column("depth", String(10)),
    Column("required_sections", JSON, nullable=False, default=list),
    Column("status", String(10), nullable=False, default="draft"),
    Column("iteration_no", Integer, nullable=False, default=0),
    Column("customer_view", JSON, nullable=False, default=dict),
    Column("issues", JSON, nullable=False, default=list),
    Column("partners", JSON, nullable=False, default=list),
    Column("csf", JSON, nullable=False, default=list),
    Column("competitive_strategy", String(20)),
    Column("counter_moves", Text),
    login("lead_rep", nullable=True),
    Column("completeness_pct", percent()),
    Column("status_rag", String(10)),
    Column("decision_process", Text),
    Column("review_notes", Text),
    Column("agreed_at", Moment()),
    Column("content_at", Moment()),
    *owned(),
    *versioned(),
    _one_of("depth", "light", "standard", "full"),
    _one_of("status", "draft", "agreed", "stale"),
    _one_of("competitive_strategy", "frontal", "flanking", "fragment", "defend", "develop"),
    _one_of("status_rag", "green", "amber", "red"),
    UniqueConstraint("opportunity_id"),
)

plan_section = Table(
    "plan_section",
    metadata,
    identity(),
    _parent(),
    Column("section", String(20), nullable=False),
    login("assignee"),
    Column("expertise", String(200)),
    Column("due", Date, nullable=False),
    Column("input", Text),
    Column("attachments", JSON, nullable=False, default=list),
    Column("confidence", Integer),
    Column("open_questions", JSON, nullable=False, default=list),
    Column("status", String(10), nullable=False, default="open"),
    *versioned(),
    _one_of("section", *SECTIONS),
    _one_of("status", "open", "given"),
    CheckConstraint("confidence BETWEEN 1 AND 5", name="confidence"),
    UniqueConstraint("opportunity_plan_id", "section"),
)

plan_gap = Table(
    "plan_gap",
    metadata,
    identity(),
    _parent(),
    Column("question", Text, nullable=False),
    Column("section", String(20), nullable=False),
    login("owner"),
    Column("due", Date, nullable=False),
    Column("status", String(10), nullable=False, default="open"),
    *versioned(),
    _one_of("section", *SECTIONS),
    _one_of("status", "open", "closed"),
)

# The weights of one plan add up to 100.
decision_factor = Table(
    "decision_factor",
    metadata,
    identity(),
    _parent(),
    Column("factor", String(300), nullable=False),
    Column("weight", percent(), nullable=False),
    Column("our_position", Integer, nullable=False),
    *versioned(),
    CheckConstraint("our_position BETWEEN 1 AND 5", name="our_position"),
)

buying_milestone = Table(
    "buying_milestone",
    metadata,
    identity(),
    _parent(),
    Column("kind", String(20), nullable=False),
    Column("customer_owner", String(200)),
    Column("date", Date, nullable=False),
    Column("our_activity", Text),
    Column("status", String(10), nullable=False, default="planned"),
    *versioned(),
    _one_of("kind", *MILESTONES),
    _one_of("status", "planned", "done", "slipped"),
)

# One version per iteration; the newest counts.
business_case = Table(
    "business_case",
    metadata,
    identity(),
    _parent(),
    Column("version", Integer, nullable=False),
    Column("benefits", JSON, nullable=False),
    Column("annual_value", money(), nullable=False, default=0),
    Column("cost", money()),
    Column("payback_months", Integer),
    Column("customer_agreed", Boolean, nullable=False, default=False),
    *versioned(),
    UniqueConstraint("opportunity_plan_id", "version"),
)

solution_option = Table(
    "solution_option",
    metadata,
    identity(),
    _parent(),
    Column("name", String(200), nullable=False),
    Column("description", Text),
    Column("rationale", Text, nullable=False),
    Column("price", money()),
    Column("fit", Integer),
    Column("recommended", Boolean, nullable=False, default=False),
    *versioned(),
    CheckConstraint("fit BETWEEN 1 AND 5", name="fit"),
    Index(
        "uq_solution_option_recommended",
        "opportunity_plan_id",
        unique=True,
        sqlite_where=text("recommended"),
        postgresql_where=text("recommended"),
    ),
)

resource_request = Table(
    "resource_request",
    metadata,
    identity(),
    _parent(),
    Column("role", String(200), nullable=False),
    Column("start_on", Date),
    Column("end_on", Date),
    Column("days", Fixed(7, 1)),
    Column("purpose", Text),
    login("assigned", nullable=True),
    Column("status", String(10), nullable=False, default="open"),
    Column("alternative", Text),
    Column("fit_confirmed", Boolean, nullable=False, default=False),
    *versioned(),
    _one_of("status", "open", "assigned", "partial", "refused"),
)

# The living power map: a link keeps the moment at which it was last looked at.
power_map_link = Table(
    "power_map_link",
    metadata,
    identity(),
    Column("opportunity_id", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("from_contact_id", ForeignKey("contact.id"), nullable=False),
    Column("to_contact_id", ForeignKey("contact.id"), nullable=False),
    Column("type", String(20), nullable=False),
    Column("strength", Integer, nullable=False),
    Column("dated", Date, nullable=False),
    *versioned(),
    _one_of("type", "reports_to", "influences", "conflicts"),
    CheckConstraint("strength BETWEEN 1 AND 5", name="strength"),
    CheckConstraint("from_contact_id <> to_contact_id", name="two_people"),
    UniqueConstraint("opportunity_id", "from_contact_id", "to_contact_id", "type"),
)
