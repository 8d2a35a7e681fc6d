"""The measures of opportunities (catalogue 11.2, group opportunity)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from crm import forecasts, periods
from crm.measures.frame import NOTHING, Asked, Figure, Measures, mean, rounded, share
from crm.tables import forecast, opportunity, opportunity_stage_history, pended_item

WON, DECIDED = ("won", "closed"), ("won", "closed", "lost", "no_decision")
GRACE = timedelta(days=3)


def decided(asked: Asked) -> list[Row[Any]]:
    """The opportunities of these people that were won, lost or left undecided in the period."""
    at = opportunity.c
    query = select(opportunity).where(
        at.owner.in_(asked.people), at.status.in_(DECIDED), at.outcome_date.between(asked.first, asked.last)
    )
    return list(asked.connection.execute(query))


def win_rate_count(asked: Asked) -> Figure:
    """Won over won, lost and undecided (RP-03); what was not pursued does not count."""
    found = decided(asked)
    return share(sum(1 for deal in found if deal.status in WON), len(found))


def win_rate_value(asked: Asked) -> Figure:
    """The same by amount."""
    found = decided(asked)
    won = sum((_worth(deal) for deal in found if deal.status in WON), Decimal(0))
    return share(won, sum(map(_worth, found), Decimal(0)))


def _worth(deal: Row[Any]) -> Decimal:
    return Decimal(deal.actual_amount if deal.actual_amount is not None else deal.amount_base or 0)


def stage_conversion(asked: Asked) -> Figure:
    """Entries into a next stage over entries into a stage in the period (RP-01)."""
    at = opportunity_stage_history.c
    owned = select(opportunity.c.id).where(opportunity.c.owner.in_(asked.people))
    query = select(at.from_stage, at.to_stage).where(
        at.opportunity_id.in_(owned), at.moved_at >= asked.begins, at.moved_at < asked.ends, at.to_stage.is_not(None)
    )
    moves = [(before, after) for before, after in asked.connection.execute(query) if before != after]
    return share(sum(1 for before, _ in moves if before is not None), len(moves))


def cycle_days(asked: Asked) -> Figure:
    """Mean days from entering the pipeline to winning (RP-03)."""
    found = [deal for deal in decided(asked) if deal.status in WON and deal.pipeline_entry_at is not None]
    return mean(Decimal((deal.outcome_date - deal.pipeline_entry_at.date()).days) for deal in found)


def forecast_accuracy(asked: Asked) -> Figure:
    """100 % less the share by which what was won differs from the commit published first for the quarter (RP-02)."""
    quarter = periods.quarter(asked.first)
    at = forecast.c
    first = select(at.owner, func.min(at.version)).where(at.period == quarter, at.status == "published")
    committed, actual = Decimal(0), Decimal(0)
    for owner, version in asked.connection.execute(first.where(at.owner.in_(asked.people)).group_by(at.owner)):
        query = select(at.commit_amount).where(at.owner == owner, at.period == quarter, at.version == version)
        committed += asked.connection.execute(query).scalar_one() or 0
        actual += forecasts.won(asked.connection, owner, quarter)
    if not actual:
        return NOTHING
    missed = abs(actual - committed) / actual
    return Figure(rounded(max(1 - missed, Decimal(0)) * 100), rounded(committed), rounded(actual))


def self_prioritised(asked: Asked) -> Figure:
    """Priorities that the rep set without an approval over all priorities set in the period."""
    at = opportunity.c
    query = select(at.priority_confirmed_by, at.owner).where(
        at.owner.in_(asked.people),
        at.priority.is_not(None),
        at.pipeline_entry_at >= asked.begins,
        at.pipeline_entry_at < asked.ends,
    )
    found = asked.connection.execute(query).all()
    return share(sum(1 for confirmed, owner in found if confirmed in (None, owner)), len(found))


def pended_resumed_on_date(asked: Asked) -> Figure:
    """Deferred opportunities settled within three days of their date over those whose date fell into the period."""
    at = pended_item.c
    query = (
        select(at.resume_date, at.state, at.updated_at)
        .join(opportunity, opportunity.c.id == at.opportunity_id)
        .where(
            opportunity.c.owner.in_(asked.people),
            at.resume_date.between(asked.first, min(asked.last, asked.now.date())),
        )
    )
    found = asked.connection.execute(query).all()
    settled = [row for row in found if row[1] != "waiting" and row[2].date() <= row[0] + GRACE]
    return share(len(settled), len(found))


MEASURES: Measures = {
    "win_rate_count": win_rate_count,
    "win_rate_value": win_rate_value,
    "stage_conversion": stage_conversion,
    "cycle_days": cycle_days,
    "forecast_accuracy": forecast_accuracy,
    "self_prioritised": self_prioritised,
    "pended_resumed_on_date": pended_resumed_on_date,
}
