"""How an opportunity comes into the books, moves through the stages and ends; plain changes of the records."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from cli.sample import words
from cli.sample.answers import amount_of
from cli.sample.people import OPERATIONS
from cli.sample.stories import Story
from crm import accounts, evaluations, forecast, opportunities, pipeline, snapshots, stages
from crm.opportunities import Opportunity
from engine import transaction

FIRST_STAGES = {"complex": ("complex.prequalified", "complex.assessed"), "tender": ("tender.rfp_received",) * 2}


def enter(into: transaction.Transaction, story: Story, random: Random, at: datetime) -> Opportunity:
    """Writes the opportunity and what happened until it was assessed, within three hours."""
    assert story.customer is not None
    first, second = FIRST_STAGES[story.mode]
    tender = story.mode == "tender"
    deal = opportunities.create(
        into.connection,
        words.project(random, story.customer.chinese),
        story.customer.id,
        story.owner,
        by=story.owner,
        at=at,
        source="tender_portal" if tender else random.choice(words.SOURCES),
        sales_mode=story.mode,
        currency=story.currency,
        amount=amount_of(story),
        win_probability=Decimal(story.probability),
        expected_close_date=story.close,
        rfp=tender,
        fast_track=tender,
        pursue_decision="pursue" if tender else None,
    )
    if story.status == "draft":
        return deal
    by = story.owner
    deal = opportunities.move(into.connection, deal, "prequalified", by=by, at=at + timedelta(hours=1), stage=first)
    if story.status == "prequalified":
        return deal
    deal = opportunities.move(into.connection, deal, "assessed", by=by, at=at + timedelta(hours=3), stage=second)
    evaluations.add(
        into.connection,
        deal.id,
        "assessment",
        by=by,
        at=at + timedelta(hours=3),
        score=Decimal(random.randrange(40, 95)),
        recommendation="pursue",
        max_discount_pct=Decimal(story.discount),
        delivery_risk=random.choice((1, 1, 2, 2, 3)),
    )
    return deal


def next_stage(into: transaction.Transaction, number: str, at: datetime) -> None:
    """Moves an active opportunity to the stage after its present one, if there is one."""
    deal = opportunities.get(into.connection, number)
    ladder = [stage for stage in stages.listing(into.connection, deal.sales_mode) if not stage.retired]
    keys = [stage.key for stage in ladder]
    if deal.status != "active" or deal.stage not in keys[:-1]:
        return
    stage = ladder[keys.index(deal.stage) + 1]
    changes = {
        "stage": stage.key,
        "stage_entered_at": at,
        "win_probability": stage.probability,
        "forecast_category": stage.forecast_default,
    }
    moved = pipeline.update_profile(into.connection, deal, changes, by=deal.owner, at=at)
    forecast.enter(into.connection, moved, stage.forecast_default, stage.probability, by=deal.owner, at=at)
    opportunities.write_history(into.connection, deal, moved, by=deal.owner, at=at, reason=None)


def finish(
    into: transaction.Transaction, number: str, outcome: str, chinese: bool, random: Random, at: datetime
) -> None:
    """Ends an active opportunity: won, lost or no_decision."""
    deal = opportunities.get(into.connection, number)
    if deal.status != "active":
        return
    won = outcome == "won"
    amount = deal.amount_base if won else None
    moved = opportunities.move(
        into.connection,
        deal,
        outcome,
        by=deal.owner,
        at=at,
        reason=None if won else words.say(random, "lesson", chinese),
        outcome=outcome,
        outcome_date=at.date(),
        actual_amount=amount,
        win_probability=Decimal(100 if won else 0),
    )
    forecast.leave(into.connection, moved, by=deal.owner, at=at)
    snapshots.take(into.connection, moved, at=at)
    if won:
        _thank(into, moved, amount or Decimal(0), at)


def _thank(into: transaction.Transaction, deal: Opportunity, amount: Decimal, at: datetime) -> None:
    customer = accounts.by_id(into.connection, deal.account_id)
    changes = {
        "prior_customer": True,
        "status": "active",
        "revenue_ltm": (customer.revenue_ltm or Decimal(0)) + amount,
    }
    accounts.change(into.connection, customer, changes, by=deal.owner, at=at)


def close(into: transaction.Transaction, number: str, at: datetime) -> None:
    """Closes a won opportunity after its follow-up work."""
    deal = opportunities.get(into.connection, number)
    if deal.status == "won":
        opportunities.move(into.connection, deal, "closed", by=deal.owner, at=at)


def cancel(into: transaction.Transaction, number: str, at: datetime) -> None:
    """Operations cancel an opportunity in the books while its process still runs."""
    deal = opportunities.get(into.connection, number)
    opportunities.move(into.connection, deal, "cancelled", by=OPERATIONS, at=at, reason="C01", outcome="cancelled")
