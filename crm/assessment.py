"""The assessment of an opportunity (3.3.3.4.2): is it real, can we compete, can we win, is it worth it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection

from crm import evaluations, opportunities, sales_teams, stages, users
from crm.accounts import Account
from crm.opportunities import Opportunity
from crm.records import plain

# What each criterion, rated 1 to 5, counts; the weights add up to 1.
WEIGHTS: Mapping[str, Decimal] = {
    "compelling_event": Decimal("0.12"),
    "budget_status": Decimal("0.12"),
    "access_to_decision_maker": Decimal("0.12"),
    "decision_process_known": Decimal("0.08"),
    "need_fit": Decimal("0.12"),
    "unique_value": Decimal("0.10"),
    "competitive_position": Decimal("0.12"),
    "relationship": Decimal("0.08"),
    "profitability": Decimal("0.08"),
    "strategic_value": Decimal("0.06"),
}
CRITERIA = tuple(WEIGHTS)
POINTS_PER_RATING = Decimal(25)
CENT = Decimal("0.01")
WORST, RISKY = 1, 4
CREDIT_HOLDS_FOR = timedelta(days=90)
SCORE_IN_THE_MIDDLE, SCORE_PER_POINT = Decimal(50), Decimal(5)
LEAST_CHANCE, BEST_CHANCE = Decimal(1), Decimal(99)
EXPERT_ROLE = "team"

Views = Sequence[Mapping[str, Any]]


def score(ratings: Mapping[str, int], views: Views) -> Decimal:
    """The weighted sum of (rating - 1) x 25, from 0 to 100 with two places.

    Where experts rated the fit of the solution, the fit is the mean of their rating and the rep's.
    """
    rated = {name: Decimal(ratings[name]) for name in CRITERIA}
    fits = [Decimal(view["solution_fit"]) for view in views]
    if fits:
        rated["need_fit"] = (rated["need_fit"] + sum(fits, Decimal(0)) / len(fits)) / 2
    total = sum((WEIGHTS[name] * (rated[name] - 1) * POINTS_PER_RATING for name in CRITERIA), Decimal(0))
    return total.quantize(CENT, ROUND_HALF_UP)


def knockout(ratings: Mapping[str, int], views: Views, credit_standing: str) -> str:
    """`fatal` when nothing of ours fits or an expert sees a fatal blocker; `fixable` when something must be mended
    first: a blocker, a high delivery risk, credit on hold, no way to whoever decides; else `none`."""
    severities = [blocker["severity"] for view in views for blocker in view.get("blockers") or ()]
    if "fatal" in severities or ratings["need_fit"] == WORST:
        return "fatal"
    mended = (
        "fixable" in severities,
        delivery_risk(views) >= RISKY,
        credit_standing == "hold",
        ratings["access_to_decision_maker"] == WORST,
    )
    return "fixable" if any(mended) else "none"


def delivery_risk(views: Views) -> int:
    """The highest risk that an expert sees, 1 to 5; 1 where no expert was asked."""
    return max((int(view["delivery_risk"]) for view in views), default=1)


def baseline(connection: Connection, deal: Opportunity, score: Decimal) -> Decimal:
    """The win probability to begin with, in percent: that of the stage, ten points up or down by the score."""
    stage = _stage(connection, deal)
    usual = stages.get(connection, stage) if stage else stages.pipeline_entry(connection, deal.sales_mode)
    chance = usual.probability + (score - SCORE_IN_THE_MIDDLE) / SCORE_PER_POINT
    return max(LEAST_CHANCE, min(chance, BEST_CHANCE)).quantize(CENT, ROUND_HALF_UP)


def experts(connection: Connection, deal: Opportunity, on: date) -> list[str]:
    """The experts in the team of an opportunity, by login."""
    members = sales_teams.members(connection, deal, on)
    return [one.login for one in members if EXPERT_ROLE in users.get(connection, one.login).roles]


def credit_is_fresh(customer: Account, today: date) -> bool:
    """Whether the credit standing was checked less than 90 days ago and still holds."""
    checked, last = customer.credit_checked_on, customer.credit_valid_until
    return checked is not None and today - checked < CREDIT_HOLDS_FOR and (last is None or today <= last)


def save(
    connection: Connection, deal: Opportunity, answers: Mapping[str, Any], *, by: str, at: datetime
) -> Opportunity:
    """Appends the evaluation; a pre-qualified opportunity becomes assessed with its baseline probability.

    `answers` holds the ratings with their evidence, the experts' views, assessment_score, knockout,
    win_probability, final_recommendation and override_reason. Raises `IllegalMove`, `VersionConflict`.
    """
    views = answers.get("expert_views") or []
    evaluations.add(
        connection,
        deal.id,
        "assessment",
        by=by,
        at=at,
        answers=_as_json(answers),
        score=answers["assessment_score"],
        knockout=answers["knockout"] == "fatal",
        recommendation=answers["final_recommendation"],
        override=answers.get("override_reason"),
        max_discount_pct=answers.get("max_discount_pct") or 0,
        non_standard_terms=answers["non_standard_terms"],
        delivery_risk=delivery_risk(views),
    )
    if deal.status != "prequalified":
        return deal
    changes = {"win_probability": answers["win_probability"], "stage": _stage(connection, deal) or deal.stage}
    return opportunities.move(connection, deal, "assessed", by=by, at=at, reason="assessed", **changes)


def _stage(connection: Connection, deal: Opportunity) -> str | None:
    """The last stage before the pipeline, where the sales mode has one."""
    ahead = []
    for stage in stages.listing(connection, deal.sales_mode):
        if stage.pipeline_entry:
            break
        ahead += [] if stage.retired else [stage.key]
    return ahead[-1] if ahead else None


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return plain(value)
