"""The steps of 3.3.1.1.4 Review Account Plan, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.review_account_plan import (
    apply_changes,
    decide_on_plan,
    decide_reviewers,
    hold_review,
    load_context,
    record_review,
    review_by_peers,
    schedule_review,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    schedule_review.schedule_review,
    review_by_peers.review_by_peers,
    hold_review.hold_review,
    decide_on_plan.decide_on_plan,
    apply_changes.apply_changes,
    record_review.record_review,
    decide_reviewers.decide_reviewers,
)
