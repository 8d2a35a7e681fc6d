"""Reviews of account plans: who looked at which version, their scores, what was agreed, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, select

from crm import records
from crm.account_plans import AccountPlan
from crm.tables import plan_review, plan_review_score
from crm.tables.account_planning import REVIEW_CRITERIA
from crm.titles import both

CENT = Decimal("0.01")
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class PlanReview:
    """One review; `quality_score` is 0 to 100, `result` one of approved, rework, rejected."""

    id: int
    account_plan_id: int
    plan_version: int
    review_date: datetime | None
    reviewers: list[str] | None
    minutes: str | None
    changes: Rows | None
    causes: Rows | None
    quality_score: Decimal | None
    result: str | None
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    row_version: int


@dataclass(frozen=True)
class Score:
    """What one reviewer gave; `total` is the sum over the six criteria."""

    reviewer: str
    total: int
    comments: str


def submit(connection: Connection, plan: AccountPlan, *, by: str, at: datetime) -> PlanReview:
    """Opens a review of a plan's present version."""
    values = {"account_plan_id": plan.id, "plan_version": plan.version, "submitted_at": at}
    return get(connection, records.insert(connection, plan_review, values, by=by, at=at))


def get(connection: Connection, review_id: int) -> PlanReview:
    """One review by its id; raises `RecordNotFound`."""
    query = select(*records.columns(plan_review, PlanReview)).where(plan_review.c.id == review_id)
    return records.one(connection, PlanReview, query, both(f"review {review_id}", f"评审 {review_id}"))


def of_plan(connection: Connection, plan_id: int) -> tuple[PlanReview, ...]:
    """The reviews of a plan, newest first."""
    at = plan_review.c
    query = select(*records.columns(plan_review, PlanReview)).where(at.account_plan_id == plan_id)
    return records.every(connection, PlanReview, query.order_by(at.id.desc()))


def change(
    connection: Connection, review: PlanReview, changes: Mapping[str, Any], *, by: str, at: datetime
) -> PlanReview:
    """Changes a review as it was seen; raises `VersionConflict`."""
    record = f"review {review.id}"
    records.update(connection, plan_review, review.id, review.row_version, changes, by=by, at=at, record=record)
    return get(connection, review.id)


def score(
    connection: Connection,
    review: PlanReview,
    reviewer: str,
    points: Mapping[str, int],
    comments: str,
    *,
    by: str,
    at: datetime,
) -> None:
    """Adds what one reviewer gives for each of the six criteria."""
    given = {name: points[name] for name in REVIEW_CRITERIA}
    values = {"plan_review_id": review.id, "reviewer": reviewer, "comments": comments}
    records.insert(connection, plan_review_score, {**values, **given, "total": sum(given.values())}, by=by, at=at)


def scores(connection: Connection, review_id: int) -> tuple[Score, ...]:
    """The scores of a review, in the order in which they came."""
    at = plan_review_score.c
    query = select(at.reviewer, at.total, at.comments).where(at.plan_review_id == review_id).order_by(at.id)
    return records.every(connection, Score, query)


def quality_of(found: tuple[Score, ...]) -> Decimal | None:
    """The mean of the reviewers' sums; None where nobody gave scores."""
    if not found:
        return None
    return (Decimal(sum(one.total for one in found)) / len(found)).quantize(CENT, ROUND_HALF_UP)
