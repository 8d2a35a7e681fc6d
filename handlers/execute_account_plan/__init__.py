"""The steps of 3.3.1.2.1 Execute Account Plan (first use of the number), one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.execute_account_plan import (
    brief_team,
    carry_over_actions,
    escalate_overdue,
    load_context,
    perform_actions,
    rate_health,
    release_actions,
    remove_blockers,
    review_progress,
    signal_review,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    brief_team.brief_team,
    release_actions.release_actions,
    perform_actions.perform_actions,
    escalate_overdue.escalate_overdue,
    carry_over_actions.carry_over_actions,
    review_progress.review_progress,
    remove_blockers.remove_blockers,
    signal_review.signal_review,
    rate_health.rate_health,
)
