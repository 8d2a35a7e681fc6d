"""How attractive an account is and how we stand with it: nine criteria from what its records say (3.3.1.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection

from crm import account_history, account_profiles, relationships
from crm.account_profiles import AccountProfile
from crm.accounts import Account
from crm.relationships import Relationship

ATTRACTIVENESS = ("revenue_potential", "growth", "strategic_fit", "solvency", "willingness")
POSITION = ("relationship", "share", "fit", "competition")
CRITERIA = (*ATTRACTIVENESS, *POSITION)
# Together 100; operations change them for each round.
USUAL_WEIGHTS: Mapping[str, int] = {
    "revenue_potential": 20,
    "growth": 10,
    "strategic_fit": 15,
    "solvency": 10,
    "willingness": 10,
    "relationship": 12,
    "share": 8,
    "fit": 8,
    "competition": 7,
}
SOLVENCY = {"good": 100, "watch": 50, "hold": 0}
WILLINGNESS = {"champion": 100, "supporter": 75, "neutral": 50, "sceptic": 25, "blocker": 0}
UNKNOWN = Decimal(50)
FULL = Decimal(100)
PER_SIGN = 25
"""Each initiative and each white space of a profile is a sign that our offerings fit; four make 100."""
YEAR = timedelta(days=365)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Scored:
    """Points from 0 to 100: each criterion, the two weighted means, and the weighted mean of all."""

    points: Mapping[str, Decimal]
    attractiveness: Decimal
    position: Decimal
    score: Decimal


def scored(
    connection: Connection, customer: Account, weights: Mapping[str, int], *, today: date, large: Decimal
) -> Scored:
    """Scores an account; `large` is the amount in base currency at which the revenue potential is full."""
    profile = account_profiles.published(connection, customer.id)
    known = relationships.of_account(connection, customer.id)
    earned = account_history.revenue(connection, customer.id, today - YEAR, today)
    before = account_history.revenue(connection, customer.id, today - 2 * YEAR, today - YEAR - timedelta(days=1))
    points = {
        "revenue_potential": _share_of(large, earned + _potential(profile)),
        "growth": _growth(earned, before),
        "strategic_fit": _signs(profile),
        "solvency": Decimal(SOLVENCY[customer.credit_standing]),
        "willingness": _willingness(known),
        "relationship": _of_five(_strength(profile, known)),
        "share": (profile.share_of_wallet_pct if profile else None) or Decimal(0),
        "fit": _of_five(profile.satisfaction) if profile and profile.satisfaction else UNKNOWN,
        "competition": _room(profile),
    }
    return Scored(
        points,
        _mean(points, weights, ATTRACTIVENESS),
        _mean(points, weights, POSITION),
        _mean(points, weights, CRITERIA),
    )


def _mean(points: Mapping[str, Decimal], weights: Mapping[str, int], names: Iterable[str]) -> Decimal:
    used = [(points[name], weights.get(name, 0)) for name in names]
    total = sum(weight for _, weight in used)
    if not total:
        return Decimal(0)
    return (sum((point * weight for point, weight in used), Decimal(0)) / total).quantize(CENT, ROUND_HALF_UP)


def _potential(profile: AccountProfile | None) -> Decimal:
    if profile is None:
        return Decimal(0)
    spend = _total(profile.buying_centres, "spend")
    return spend + _total(profile.white_space, "est_value")


def _total(rows: list[dict[str, Any]] | None, name: str) -> Decimal:
    return sum((Decimal(str(row.get(name) or 0)) for row in rows or []), Decimal(0))


def _share_of(whole: Decimal, part: Decimal) -> Decimal:
    return min(part / whole * FULL, FULL)


def _growth(earned: Decimal, before: Decimal) -> Decimal:
    """Half of it gone gives 0, the same 50, half as much again 100; without a year before, nothing is known."""
    if not before:
        return UNKNOWN
    return max(Decimal(0), min(UNKNOWN + (earned - before) / before * FULL, FULL))


def _signs(profile: AccountProfile | None) -> Decimal:
    found = len(profile.initiatives or []) + len(profile.white_space or []) if profile else 0
    return min(Decimal(found * PER_SIGN), FULL)


def _willingness(known: tuple[Relationship, ...]) -> Decimal:
    stances = [WILLINGNESS[one.stance] for one in known if one.stance in WILLINGNESS]
    return Decimal(sum(stances)) / len(stances) if stances else UNKNOWN


def _strength(profile: AccountProfile | None, known: tuple[Relationship, ...]) -> int:
    """From the mapped contacts; where none is mapped, as the profile says."""
    if known:
        return relationships.strength_of(known)
    return (profile.relationship_strength if profile else None) or relationships.WEAKEST


def _of_five(value: int) -> Decimal:
    return Decimal(value - 1) / 4 * FULL


def _room(profile: AccountProfile | None) -> Decimal:
    """What the strongest competitor leaves; without a known share, nothing is known."""
    rows = (profile.competitors if profile else None) or []
    shares = [Decimal(str(row["share_pct"])) for row in rows if row.get("share_pct") is not None]
    return FULL - max(shares) if shares else UNKNOWN
