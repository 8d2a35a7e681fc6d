"""The measures of sales calls before, during and after them (catalogue 11.2, group call)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from crm import contact_cadence
from crm.measures.frame import Asked, Figure, Measures, ratio, share
from crm.tables import account, call_follow_up, call_note, opportunity, sales_call, users

HELD = ("held", "documented", "closed")
ONE_DAY = timedelta(hours=24)
WEEK = 7
HALF = Decimal("0.5")


def held(asked: Asked, *conditions: Any) -> list[Row[Any]]:
    """The calls held in the period by these people."""
    at = sales_call.c
    query = select(sales_call).where(
        at.owner.in_(asked.people),
        at.status.in_(HELD),
        at.actual_start >= asked.begins,
        at.actual_start < asked.ends,
        *conditions,
    )
    return list(asked.connection.execute(query))


def calls_per_week(asked: Asked) -> Figure:
    """Calls held for each rep and week."""
    query = select(func.count()).where(users.c.login.in_(asked.people), users.c.active)
    reps = asked.connection.execute(query).scalar_one()
    return ratio(len(held(asked)), Decimal(reps) * asked.days / WEEK)


def planned_call_ratio(asked: Asked) -> Figure:
    """Calls held with both an objective and a minimum outcome over calls held."""
    found = held(asked)
    return share(sum(1 for call in found if call.primary_objective and call.minimum_outcome), len(found))


def target_coverage(asked: Asked) -> Figure:
    """Target accounts contacted within their cadence over target accounts, at the end of the period."""
    at = account.c
    moment = min(asked.now, asked.ends)
    found = contact_cadence.overdue_ratios(asked.connection, moment, at.is_target, at.owner.in_(asked.people))
    return share(sum(1 for _, ratio in found if ratio < 1), len(found))


def key_person_rate(asked: Asked) -> Figure:
    """Calls held with the key person present over calls held."""
    found = held(asked)
    return share(sum(1 for call in found if call.key_person_present), len(found))


def needs_confirmed(asked: Asked) -> Figure:
    """Needs that the customer confirmed for each discovery call."""
    found = held(asked, sales_call.c.purpose == "discovery")
    note = call_note.c
    query = select(func.count()).where(
        note.sales_call_id.in_([call.id for call in found]), note.kind == "need", note.confirmed
    )
    return ratio(asked.connection.execute(query).scalar_one(), len(found))


def commitment_rate(asked: Asked) -> Figure:
    """Full commitments and half of the partial ones over calls held."""
    found = held(asked)
    full = sum(1 for call in found if call.commitment == "full")
    partial = sum(1 for call in found if call.commitment == "partial")
    return share(full + HALF * partial, len(found))


def call_effectiveness(asked: Asked) -> Figure:
    """Calls that advanced the matter over calls held (RP-06)."""
    found = held(asked)
    return share(sum(1 for call in found if call.outcome == "advance"), len(found))


def documented_24h(asked: Asked) -> Figure:
    """Calls reported within 24 hours of their end over calls held."""
    found = held(asked)
    return share(sum(1 for call in found if _soon(call.actual_end, call.documented_at)), len(found))


def _soon(ended: datetime | None, documented: datetime | None) -> bool:
    return ended is not None and documented is not None and documented - ended <= ONE_DAY


def follow_up_on_time(asked: Asked) -> Figure:
    """Our follow-ups done by their day over those due in the period, as far as their day has come."""
    at = call_follow_up.c
    last = min(asked.last, asked.now.date())
    query = select(at.due, at.done_at).where(
        at.side == "us", at.owner.in_(asked.people), at.due.between(asked.first, last), at.status != "dropped"
    )
    found = asked.connection.execute(query).all()
    return share(sum(1 for due, done in found if done is not None and done <= _end_of(due, done)), len(found))


def _end_of(due: Any, like: datetime) -> datetime:
    return datetime.combine(due + timedelta(days=1), time(), like.tzinfo)


def call_to_opportunity(asked: Asked) -> Figure:
    """Opportunities that began with a call over discovery calls held."""
    at = opportunity.c
    query = select(func.count()).where(
        at.source == "call", at.owner.in_(asked.people), at.created_at >= asked.begins, at.created_at < asked.ends
    )
    found = held(asked, sales_call.c.purpose == "discovery")
    return share(asked.connection.execute(query).scalar_one(), len(found))


MEASURES: Measures = {
    "calls_per_week": calls_per_week,
    "planned_call_ratio": planned_call_ratio,
    "target_coverage": target_coverage,
    "key_person_rate": key_person_rate,
    "needs_confirmed": needs_confirmed,
    "commitment_rate": commitment_rate,
    "call_effectiveness": call_effectiveness,
    "documented_24h": documented_24h,
    "follow_up_on_time": follow_up_on_time,
    "call_to_opportunity": call_to_opportunity,
}
