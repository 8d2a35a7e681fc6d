"""The measures of account planning (catalogue 11.2, group account)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Select, and_, func, select

from crm.measures.frame import NOTHING, Asked, Figure, Measures, days_between, mean, middle, ratio, share
from crm.tables import (
    account,
    account_plan,
    account_profile,
    account_relationship,
    contact,
    measure_result,
    opportunity,
    plan_action,
    plan_objective,
    plan_review,
)

IN_FORCE = ("active", "revising")
ATTAINED_AT_MOST = Decimal("1.5")
INFLUENTIAL, GOOD_RELATIONSHIP = 4, 3
LARGE_VARIANCES = ("major", "critical")
VARIANCE = "account_variance"
SOLD = ("won", "closed")


def _plans(asked: Asked) -> Select[tuple[int]]:
    return select(account_plan.c.id).where(account_plan.c.owner.in_(asked.people))


def _targets(asked: Asked) -> set[int]:
    at = account.c
    return set(asked.connection.execute(select(at.id).where(at.is_target, at.owner.in_(asked.people))).scalars())


def _planned(asked: Asked) -> set[int]:
    at = account_plan.c
    return set(asked.connection.execute(select(at.account_id).where(at.status.in_(IN_FORCE))).scalars())


def plan_coverage(asked: Asked) -> Figure:
    """Target accounts with an active plan over target accounts."""
    targets = _targets(asked)
    return share(len(targets & _planned(asked)), len(targets))


def plan_timeliness(asked: Asked) -> Figure:
    """Plans approved before their period began over the plans whose period begins in this one."""
    at = account_plan.c
    query = select(at.approved_at, at.period_start).where(
        at.owner.in_(asked.people), at.version == 1, at.period_start.between(asked.first, asked.last)
    )
    found = asked.connection.execute(query).all()
    return share(sum(1 for row in found if row[0] is not None and row[0].date() < row[1]), len(found))


def plan_quality(asked: Asked) -> Figure:
    """The mean quality score of the reviews decided in the period."""
    at = plan_review.c
    query = select(at.quality_score).where(
        at.account_plan_id.in_(_plans(asked)),
        at.decided_at >= asked.begins,
        at.decided_at < asked.ends,
        at.quality_score.is_not(None),
    )
    return mean(asked.connection.execute(query).scalars())


def plan_attainment(asked: Asked) -> Figure:
    """How far objectives are reached (RP-07), at most 150 % each; every type of objective counts the same."""
    at, plan = plan_objective.c, account_plan.c
    query = (
        select(at.type, at.actual, at.target)
        .join(account_plan, plan.id == at.account_plan_id)
        .where(plan.owner.in_(asked.people), plan.status.in_(IN_FORCE), at.actual.is_not(None), at.target > 0)
    )
    by_type: dict[str, list[Decimal]] = defaultdict(list)
    for kind, actual, target in asked.connection.execute(query):
        by_type[kind].append(min(actual / target, ATTAINED_AT_MOST) * 100)
    return mean(sum(found, Decimal(0)) / len(found) for found in by_type.values())


def planned_growth_lead(asked: Asked) -> Figure:
    """Growth of revenue with planned target accounts less that with unplanned ones, in points, against a year ago."""
    targets, planned = _targets(asked), _planned(asked)
    with_plan, without = _growth(asked, targets & planned), _growth(asked, targets - planned)
    if with_plan is None or without is None:
        return NOTHING
    return Figure(with_plan - without, with_plan, without)


def _growth(asked: Asked, accounts: set[int]) -> Decimal | None:
    now = _sold(asked, accounts, asked.first, asked.last)
    before = _sold(asked, accounts, _year_before(asked.first), _year_before(asked.last))
    return ratio((now - before) * 100, before).value if before else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28)) if day.month == 2 else day.replace(year=day.year - 1)


def _sold(asked: Asked, accounts: set[int], first: date, last: date) -> Decimal:
    at = opportunity.c
    won = and_(at.status.in_(SOLD), at.outcome_date.between(first, last), at.account_id.in_(accounts))
    return asked.connection.execute(select(func.sum(at.actual_amount)).where(won)).scalar() or Decimal(0)


def share_of_wallet_change(asked: Asked) -> Figure:
    """The mean change, in points, of the share of wallet between the profiles before and at the end of the period."""
    before = _shares(asked, asked.begins.date() - timedelta(days=1))
    after = _shares(asked, asked.last)
    return mean(after[one] - before[one] for one in before.keys() & after.keys())


def _shares(asked: Asked, day: date) -> dict[int, Decimal]:
    """The share of wallet of each account in its newest profile published by a day."""
    at = account_profile.c
    query = (
        select(at.account_id, at.share_of_wallet_pct, at.published_at)
        .join(account, account.c.id == at.account_id)
        .where(account.c.owner.in_(asked.people), at.published_at.is_not(None), at.share_of_wallet_pct.is_not(None))
    )
    rows = asked.connection.execute(query.order_by(at.account_id, at.version)).all()
    return {row[0]: row[1] for row in rows if row[2].date() <= day}


def relationship_coverage(asked: Asked) -> Figure:
    """Influential contacts (4 and 5) with a relationship of at least 3 over all influential contacts."""
    at = contact.c
    strongest = select(func.max(account_relationship.c.strength)).where(account_relationship.c.contact_id == at.id)
    query = (
        select(strongest.scalar_subquery())
        .join(account, account.c.id == at.account_id)
        .where(account.c.owner.in_(asked.people), at.active, at.influence >= INFLUENTIAL)
    )
    found = asked.connection.execute(query).scalars().all()
    return share(sum(1 for strength in found if (strength or 0) >= GOOD_RELATIONSHIP), len(found))


def action_on_time(asked: Asked) -> Figure:
    """Actions of account plans done by their day over the actions due in the period, as far as their day has come."""
    at = plan_action.c
    last = min(asked.last, asked.now.date())
    query = select(at.due, at.done_at).where(
        at.parent_kind == "account_plan",
        at.owner.in_(asked.people),
        at.due.between(asked.first, last),
        at.status != "dropped",
    )
    found = asked.connection.execute(query).all()
    return share(sum(1 for due, done in found if done is not None and done.date() <= due), len(found))


def review_cycle_days(asked: Asked) -> Figure:
    """The median of days from handing a plan in to the decision on it; lower is better."""
    at = plan_review.c
    query = select(at.submitted_at, at.decided_at).where(
        at.account_plan_id.in_(_plans(asked)), at.decided_at >= asked.begins, at.decided_at < asked.ends
    )
    return middle(days_between(begin, end) for begin, end in asked.connection.execute(query))


def revision_rate(asked: Asked) -> Figure:
    """Plans that got a newer version after a major variance over such variances."""
    at = measure_result.c
    query = select(at.scope, at.created_at).where(
        at.measure == VARIANCE,
        at.rating.in_(LARGE_VARIANCES),
        at.created_at >= asked.begins,
        at.created_at < asked.ends,
        at.scope.in_(select(account.c.number).where(account.c.owner.in_(asked.people))),
    )
    found = asked.connection.execute(query).all()
    return share(sum(1 for number, seen in found if _revised(asked, number, seen)), len(found))


def _revised(asked: Asked, number: str, seen: object) -> bool:
    plan = account_plan.c
    query = (
        select(plan.id)
        .join(account, account.c.id == plan.account_id)
        .where(account.c.number == number, plan.version > 1, plan.updated_at >= seen)
    )
    return asked.connection.execute(query.limit(1)).first() is not None


MEASURES: Measures = {
    "plan_coverage": plan_coverage,
    "plan_timeliness": plan_timeliness,
    "plan_quality": plan_quality,
    "plan_attainment": plan_attainment,
    "planned_growth_lead": planned_growth_lead,
    "share_of_wallet_change": share_of_wallet_change,
    "relationship_coverage": relationship_coverage,
    "action_on_time": action_on_time,
    "review_cycle_days": review_cycle_days,
    "revision_rate": revision_rate,
}
