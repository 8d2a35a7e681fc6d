"""Opportunities that may be one and the same: the same customer, about the same time, about the same thing."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import Connection, select

from crm import records, states
from crm.opportunities import Opportunity
from crm.tables import opportunity, opportunity_product

APART = timedelta(days=90)
ENOUGH = 0.5
"""The share of common words from which two texts speak of the same need."""
WORDS = re.compile(r"[^\W_]+")


def of(connection: Connection, deal: Opportunity) -> tuple[Opportunity, ...]:
    """The open opportunities of the same customer, closing within 90 days of it, that share a product or the need.

    The likeliest comes first.
    """
    at = opportunity.c
    query = select(*records.columns(opportunity, Opportunity)).where(
        at.account_id == deal.account_id, at.id != deal.id, at.status.in_(states.OPEN_OPPORTUNITY)
    )
    if deal.expected_close_date is not None:
        first, last = deal.expected_close_date - APART, deal.expected_close_date + APART
        query = query.where(at.expected_close_date.between(first, last))
    others = records.every(connection, Opportunity, query.order_by(at.id))
    ours = _products(connection, deal.id)
    rated = [(_likeness(connection, deal, ours, other), other) for other in others]
    return tuple(other for much, other in sorted(rated, key=lambda one: -one[0]) if much >= ENOUGH)


def _likeness(connection: Connection, deal: Opportunity, ours: set[int], other: Opportunity) -> float:
    if ours & _products(connection, other.id):
        return 1.0
    needs = alike(deal.need, other.need) if deal.need and other.need else 0.0
    return max(needs, alike(deal.name, other.name))


def alike(one: str | None, other: str | None) -> float:
    """How much two texts have in common, from 0 to 1: words in common against the words of the shorter one."""
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / min(len(ours), len(theirs))


def _words(text: str | None) -> set[str]:
    found: set[str] = set()
    for word in WORDS.findall((text or "").casefold()):
        found |= {word} if word.isascii() else {word[at : at + 2] for at in range(max(1, len(word) - 1))}
    return found


def _products(connection: Connection, opportunity_id: int) -> set[int]:
    at = opportunity_product.c
    return set(connection.execute(select(at.product_id).where(at.opportunity_id == opportunity_id)).scalars())
