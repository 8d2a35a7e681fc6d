"""How a pursuit ends: won, lost, without a decision, cancelled or disqualified; a win is closed once all is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from crm import account_plans, forecast, opportunities, pended, plan_actuals, snapshots
from crm.opportunities import Opportunity

REASONS: Mapping[str, str] = {
    "won": "win",
    "lost": "loss",
    "no_decision": "loss",
    "cancelled": "cancel",
    "disqualified": "disqualify",
}
"""The kind of reason codes that fits each outcome."""
CERTAIN, NEVER = Decimal(100), Decimal(0)


def settle(
    connection: Connection,
    deal: Opportunity,
    outcome: str,
    *,
    on: date,
    actual_amount: Decimal | None,
    reason: str,
    by: str,
    at: datetime,
) -> Opportunity:
    """Gives an opportunity its outcome: a win is booked in the forecast, anything else leaves it.

    `reason` goes into the stage history; a deferral ends. Raises `IllegalMove`, `VersionConflict`.
    """
    won = outcome == "won"
    moved = opportunities.move(
        connection,
        deal,
        outcome,
        by=by,
        at=at,
        reason=reason,
        outcome=outcome,
        outcome_date=on,
        actual_amount=actual_amount if won else None,
        win_probability=CERTAIN if won else NEVER,
        forecast_category="closed" if won else "omitted",
        resume_date=None,
    )
    if won:
        forecast.enter(connection, moved, "closed", CERTAIN, by=by, at=at)
    else:
        forecast.leave(connection, moved, by=by, at=at)
    snapshots.take(connection, moved, at=at)
    item = pended.waiting(connection, deal.id)
    if item is not None:
        pended.settle(connection, moved, item, "dropped", reason=reason, by=by, at=at)
    return moved


def close(connection: Connection, deal: Opportunity, *, by: str, at: datetime) -> Opportunity:
    """Closes a won opportunity; raises `IllegalMove` for one that is not won."""
    closed = opportunities.move(connection, deal, "closed", by=by, at=at)
    snapshots.take(connection, closed, at=at)
    return closed


def count_for_plan(connection: Connection, deal: Opportunity, today: date, *, by: str, at: datetime) -> str | None:
    """Brings the objectives of the account plan in use up to date; gives the plan's owner, None without a plan."""
    plan = account_plans.in_use(connection, deal.account_id)
    if plan is None:
        return None
    plan_actuals.collect(connection, plan, today, by=by, at=at)
    return plan.owner
