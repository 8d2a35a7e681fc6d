"""How long ago a customer was spoken to, against how often he should be: table D09 and the daily check."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Connection, func, select

from crm import records, stages
from crm.accounts import Account
from crm.tables import account, account_relationship, opportunity, opportunity_activity, sales_call

CADENCE_DAYS = {"KEY": 14, "GROWTH": 30, "MAINTAIN": 60, "SELECTIVE": 90, "OPPORTUNISTIC": 180}
USUAL_DAYS = 60
LARGEST_RATIO = Decimal(5)
"""Table D09 looks no further."""
IN_PERSON = ("call", "visit", "meeting", "demo")
EARLY, MIDDLE, LATE = "early", "middle", "late"


def cadence_days(customer: Account) -> int:
    """Every how many days a customer should be spoken to: his own setting, else that of his tier."""
    return customer.cadence_days or CADENCE_DAYS.get((customer.tier or "").upper(), USUAL_DAYS)


def last_contact(connection: Connection, account_id: int) -> datetime | None:
    """The latest call held, activity done or contact noted with an account; None when there never was one."""
    calls = select(func.max(sales_call.c.actual_start)).where(sales_call.c.account_id == account_id)
    activity = opportunity_activity.c
    done = select(func.max(activity.done_at)).join(opportunity, opportunity.c.id == activity.opportunity_id)
    done = done.where(opportunity.c.account_id == account_id, activity.type.in_(IN_PERSON))
    known = select(func.max(account_relationship.c.last_contact)).where(account_relationship.c.account_id == account_id)
    day = connection.execute(known).scalar()
    found = [connection.execute(calls).scalar(), connection.execute(done).scalar()]
    found.append(None if day is None else datetime.combine(day, time(), UTC))
    return max((moment for moment in found if moment is not None), default=None)


def overdue_ratio(connection: Connection, customer: Account, now: datetime) -> Decimal:
    """Days since the last contact over the cadence, from 0 to 5; without a contact, since the account was made."""
    spoken = last_contact(connection, customer.id)
    if spoken is None:
        spoken = connection.execute(select(account.c.created_at).where(account.c.id == customer.id)).scalar_one()
    days = Decimal(max((now - spoken) // timedelta(days=1), 0))
    return min(days / cadence_days(customer), LARGEST_RATIO).quantize(Decimal("0.01"))


def overdue(connection: Connection, now: datetime) -> tuple[Account, ...]:
    """The active customers whose contact is overdue and with whom no call is being agreed, the most urgent first."""
    waiting = select(sales_call.c.account_id).where(sales_call.c.status.in_(("draft", "proposed", "scheduled")))
    query = select(*records.columns(account, Account)).where(account.c.status == "active", account.c.id.not_in(waiting))
    found = [(overdue_ratio(connection, one, now), one) for one in records.every(connection, Account, query)]
    late = [(ratio, one) for ratio, one in found if ratio >= 1]
    return tuple(one for _, one in sorted(late, key=lambda pair: (-pair[0], pair[1].number)))


def stage_third(connection: Connection, sales_mode: str, stage: str | None) -> str:
    """In which third of its mode's stages an opportunity stands: early, middle or late (table D11)."""
    known = [one.key for one in stages.listing(connection, sales_mode) if not one.retired or one.key == stage]
    if stage not in known:
        return EARLY
    passed = Decimal(known.index(stage) + 1) / len(known)
    if passed * 3 <= 1:
        return EARLY
    return MIDDLE if passed * 3 <= 2 else LATE


def has_late_deal(connection: Connection, account_id: int) -> bool:
    """Whether a customer has an active opportunity in the last third of its stages."""
    at = opportunity.c
    query = select(at.sales_mode, at.stage).where(at.account_id == account_id, at.status == "active")
    return any(stage_third(connection, mode, stage) == LATE for mode, stage in connection.execute(query))
