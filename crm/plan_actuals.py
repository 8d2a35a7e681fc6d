"""What an account plan has reached: the actual of each objective, and the attainment for the time that has passed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection

from crm import account_history, account_profiles, plan_objectives, relationships
from crm.account_plans import AccountPlan
from crm.plan_objectives import Objective

# What grows over the period; the others are states, compared with their whole target.
CUMULATIVE = ("revenue", "margin", "product")
HUNDRED = Decimal(100)
MOST = Decimal(200)


def collect(connection: Connection, plan: AccountPlan, today: date, *, by: str, at: datetime) -> int:
    """Writes the actuals of a plan's objectives and gives the attainment in percent, 0 to 200.

    Attainment is the mean over the objectives with an actual, each against what should be reached by today;
    100 where none has one.
    """
    found = plan_objectives.of_plan(connection, plan.id)
    shares = []
    for objective in found:
        actual = _actual(connection, plan, objective, today)
        if actual != objective.actual:
            plan_objectives.change(connection, objective, {"actual": actual}, by=by, at=at)
        expected = objective.target * (passed(plan, today) if objective.type in CUMULATIVE else 1)
        if actual is not None and expected > 0:
            shares.append(min(actual / expected * HUNDRED, MOST))
    mean = sum(shares, Decimal(0)) / len(shares) if shares else HUNDRED
    return int(mean.quantize(Decimal(1), ROUND_HALF_UP))


def passed(plan: AccountPlan, today: date) -> Decimal:
    """The share of the plan's period that has passed, the day itself counted; 0 before it begins."""
    first, last = plan.period_start, plan.period_end
    if first is None or last is None or today < first:
        return Decimal(0)
    return Decimal((min(today, last) - first).days + 1) / ((last - first).days + 1)


def _actual(connection: Connection, plan: AccountPlan, objective: Objective, today: date) -> Decimal | None:
    if objective.type in CUMULATIVE:
        return _grown(connection, plan, objective, today)
    if objective.type == "relationship":
        known = relationships.of_account(connection, plan.account_id)
        return Decimal(relationships.strength_of(known)) if known else None
    profile = account_profiles.published(connection, plan.account_id)
    if objective.type == "share":
        return profile.share_of_wallet_pct if profile else None
    satisfaction = plan.satisfaction or (profile.satisfaction if profile else None)
    return Decimal(satisfaction) if satisfaction else None


def _grown(connection: Connection, plan: AccountPlan, objective: Objective, today: date) -> Decimal | None:
    first, last = plan.period_start, plan.period_end
    if first is None or last is None or today < first:
        return None
    until = min(today, last)
    if objective.type == "revenue":
        return account_history.revenue(connection, plan.account_id, first, until)
    if objective.type == "margin":
        return account_history.margin(connection, plan.account_id, first, until)
    return account_history.sold(connection, plan.account_id, objective.measure, first, until)
