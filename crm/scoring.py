"""The priority score of 3.3.3.4.3 and the ratings it starts from; pure functions.

The six criteria: potential revenue, credit standing, willingness to buy, desirable or target
client, prior revenue or margin, strength of relationships. A rating is 1 (poor) to 5 (best).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from crm.tables.opportunities import RATINGS

CENT = Decimal("0.01")
BY_BAND = {"minor": 1, "standard": 3, "major": 4, "strategic": 5}
BY_CREDIT = {"good": 5, "watch": 3, "hold": 1}
BY_TIER = {"A": 4, "B": 3}
UNKNOWN_TIER = 2
POINTS_PER_RATING = Decimal(25)


def priority_score(ratings: Mapping[str, int], weights: Mapping[str, Decimal]) -> Decimal:
    """The weighted sum of (rating - 1) / 4 * 100, from 0 to 100 with two places (catalogue OM-1.3)."""
    score = sum((weights[name] * (ratings[name] - 1) * POINTS_PER_RATING for name in RATINGS), Decimal(0))
    return score.quantize(CENT, ROUND_HALF_UP)


def suggested_ratings(
    *,
    amount_band: str,
    credit_standing: str,
    win_probability: Decimal,
    is_target: bool,
    tier: str | None,
    prior_customer: bool,
    relationship_strength: int,
) -> dict[str, int]:
    """Ratings to begin with, from what the records say; a person may change each of them.

    `win_probability` is in percent: each 20 points above 0 are worth one rating more.
    """
    return {
        "r_revenue": BY_BAND[amount_band],
        "r_credit": BY_CREDIT[credit_standing],
        "r_willingness": min(5, 1 + int(win_probability) // 20),
        "r_target_client": 5 if is_target else BY_TIER.get(tier or "", UNKNOWN_TIER),
        "r_prior_business": 4 if prior_customer else 1,
        "r_relationship": relationship_strength,
    }
