"""What account planning makes: objectives, reviews and their scores, ideas, and rounds that choose target accounts."""

from __future__ import annotations

from typing import Any

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

from crm.tables.columns import identity, login, metadata, numbered, owned, versioned
from crm.tables.types import Moment, money, percent

OBJECTIVE_TYPES = ("revenue", "margin", "share", "relationship", "satisfaction", "product")
REVIEW_RESULTS = ("approved", "rework", "rejected")
# The criteria of a plan review with the most points each can get; together 100.
REVIEW_CRITERIA = {
    "customer_environment": 20,
    "financials": 10,
    "relationship": 25,
    "strategy_execution": 20,
    "resources": 10,
    "learning": 15,
}


def _of_plan() -> Column[Any]:
    return Column("account_plan_id", ForeignKey("account_plan.id"), nullable=False, index=True)


# `actual` is written when results are compared with the plan; money for revenue and margin, else points or percent.
plan_objective = Table(
    "plan_objective",
    metadata,
    identity(),
    _of_plan(),
    Column("type", String(20), nullable=False),
    Column("measure", String(200), nullable=False),
    Column("baseline", money()),
    Column("target", money(), nullable=False),
    Column("actual", money()),
    Column("due", Date, nullable=False),
    login("owner"),
    *versioned(),
    CheckConstraint(f"type IN {OBJECTIVE_TYPES}", name="type"),
)

# One review of one version of a plan. `quality_score` is the mean of the reviewers' sums; `changes` are rows
# (section, change, owner, done), `causes` rows (objective, cause, controllable) of a check of results.
plan_review = Table(
    "plan_review",
    metadata,
    identity(),
    _of_plan(),
    Column("plan_version", Integer, nullable=False),
    Column("review_date", Moment()),
    Column("reviewers", JSON),
    Column("minutes", Text),
    Column("changes", JSON),
    Column("causes", JSON),
    Column("quality_score", percent()),
    Column("result", String(20)),
    Column("submitted_at", Moment(), nullable=False),
    Column("decided_at", Moment()),
    login("decided_by", nullable=True),
    *versioned(),
    CheckConstraint(f"result IN {REVIEW_RESULTS}", name="result"),
)

plan_review_score = Table(
    "plan_review_score",
    metadata,
    identity(),
    Column("plan_review_id", ForeignKey("plan_review.id"), nullable=False, index=True),
    login("reviewer"),
    *(Column(name, Integer, nullable=False) for name in REVIEW_CRITERIA),
    Column("total", Integer, nullable=False),
    Column("comments", Text, nullable=False),
    *versioned(),
    *(CheckConstraint(f"{name} BETWEEN 0 AND {most}", name=name) for name, most in REVIEW_CRITERIA.items()),
    UniqueConstraint("plan_review_id", "reviewer"),
)

# A place where we could sell more; with `create_opportunity` it becomes one when the plan is published.
opportunity_idea = Table(
    "opportunity_idea",
    metadata,
    identity(),
    _of_plan(),
    Column("unit", String(200), nullable=False),
    Column("product", String(200), nullable=False),
    Column("est_value", money()),
    Column("timing", String(100)),
    Column("create_opportunity", Boolean, nullable=False, default=False),
    Column("opportunity_id", ForeignKey("opportunity.id"), index=True),
    Column("started_at", Moment()),
    *versioned(),
)

# `weights` are rows (criterion, weight) that add up to 100.
targeting_round = Table(
    "targeting_round",
    metadata,
    *numbered(),
    Column("period", String(20), nullable=False),
    Column("scope", JSON, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("min_score", Integer, nullable=False),
    Column("max_key_accounts_per_rep", Integer, nullable=False),
    Column("status", String(20), nullable=False, default="open"),
    Column("approved_at", Moment()),
    login("approved_by", nullable=True),
    *owned(),
    *versioned(),
    CheckConstraint("status IN ('open', 'approved', 'recorded')", name="status"),
)

# `nominations` and `opinions` are rows of what reps and marketing said; `chosen` is the proposal, then the decision.
target_candidate = Table(
    "target_candidate",
    metadata,
    identity(),
    Column("targeting_round_id", ForeignKey("targeting_round.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("attractiveness", percent()),
    Column("position", percent()),
    Column("score", percent()),
    Column("tier", String(20)),
    Column("stance", String(40)),
    Column("nominations", JSON, nullable=False),
    Column("opinions", JSON, nullable=False),
    Column("chosen", Boolean, nullable=False, default=False),
    Column("decision", String(10)),
    login("owner", nullable=True),
    Column("team", JSON),
    login("executive_sponsor", nullable=True),
    *versioned(),
    CheckConstraint("decision IN ('target', 'removed')", name="decision"),
    UniqueConstraint("targeting_round_id", "account_id"),
)
