"""What several processes about an opportunity look at: its size, how urgent it is, and the stage it has reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm import evaluations, stage_moves, thresholds
from crm.opportunities import Opportunity
from crm.people import Directory
from engine.contract import TaskContext
from handlers.shared import decisions, other_processes, subject

NINE_STEPS = "opportunity-lifecycle-u8"
URGENT_WITHIN = 5
"""Working days before the deadline of an RFP or the expected close."""


def sizes(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    """Amount, currency, amount in base currency, its band (table D01) and the limits in force."""
    base = deal.amount_base or Decimal(0)
    return {
        "amount": deal.amount,
        "currency": deal.currency,
        "amount_base": base,
        "amount_band": band_of(context, base),
        **thresholds.in_force(context.session, context.now).limits,
    }


def band_of(context: TaskContext[Any], amount: Decimal) -> str:
    """The band of an amount in base currency; the handler declares the decision `amount_band`."""
    limits = thresholds.in_force(context.session, context.now).limits
    answer = decisions.ask(context, "amount_band", {"amount_base": amount, **limits})
    return str(decisions.output(answer, "amount_band"))


def urgency(context: TaskContext[Any], deal: Opportunity) -> str:
    """`urgent` when a deadline lies within five working days of the owner's calendar, else `normal`."""
    calendar = Directory(context.session).calendar_of(deal.owner)
    last = calendar.working_days_after(calendar.today(context.now), URGENT_WITHIN)
    dates = (deal.rfp_due_date if deal.rfp else None, deal.expected_close_date)
    return "urgent" if any(day is not None and day <= last for day in dates) else "normal"


def assessed(context: TaskContext[Any], deal: Opportunity) -> dict[str, Any]:
    """What the newest assessment says about discount, terms and delivery (table D18)."""
    found = evaluations.latest(context.session, deal.id)
    return {
        "max_discount_pct": subject.plain(found.max_discount_pct) if found else 0,
        "non_standard_terms": found.non_standard_terms if found else False,
        "delivery_risk": found.delivery_risk if found else 1,
    }


def follow_stage(context: TaskContext[Any], deal: Opportunity) -> Opportunity:
    """Moves the opportunity on to the stage that its records show; in the nine steps people say where it goes."""
    if any(one.process_key == NINE_STEPS for one in other_processes.about(context, deal.business_key)):
        return deal
    return stage_moves.follow(context.session, deal, by=subject.actor(context, deal), at=context.now)
