"""How long ago a customer was spoken to, against how often he should be: table D09 and the daily check."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

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
    return _last_contacts(connection, account_id).get(account_id)


def overdue_ratio(connection: Connection, customer: Account, now: datetime) -> Decimal:
    """Days since the last contact over the cadence, from 0 to 5; without a contact, since the account was made."""
    spoken = last_contact(connection, customer.id)
    if spoken is None:
        spoken = connection.execute(select(account.c.created_at).where(account.c.id == customer.id)).scalar_one()
    return _ratio(customer, spoken, now)


def overdue(connection: Connection, now: datetime) -> tuple[Account, ...]:
    """The active customers whose contact is overdue and with whom no call is being agreed, the most urgent first.

    Four queries, however many customers there are.
    """
    waiting = select(sales_call.c.account_id).where(sales_call.c.status.in_(("draft", "proposed", "scheduled")))
    found = overdue_ratios(connection, now, account.c.status == "active", account.c.id.not_in(waiting))
    late = [(-ratio, customer.number, customer) for customer, ratio in found if ratio >= 1]
    return tuple(customer for _, _, customer in sorted(late, key=lambda one: one[:2]))


def overdue_ratios(
    connection: Connection, now: datetime, *wanted: ColumnElement[bool]
) -> list[tuple[Account, Decimal]]:
    """The accounts that fulfil the conditions, each with its `overdue_ratio`; four queries for all of them."""
    columns = [*records.columns(account, Account), account.c.created_at]
    spoken, found = _last_contacts(connection), []
    for row in connection.execute(select(*columns).where(*wanted)).mappings():
        customer = records.read(Account, row)
        found.append((customer, _ratio(customer, spoken.get(customer.id, row["created_at"]), now)))
    return found


def _ratio(customer: Account, spoken: datetime, now: datetime) -> Decimal:
    days = Decimal(max((now - spoken) // timedelta(days=1), 0))
    return min(days / cadence_days(customer), LARGEST_RATIO).quantize(Decimal("0.01"))


def _last_contacts(connection: Connection, account_id: int | None = None) -> dict[int, datetime]:
    """The last contact by account: of one, or of all that were ever spoken to."""
    call, activity, known = sales_call.c, opportunity_activity.c, account_relationship.c
    done = and_(activity.type.in_(IN_PERSON), activity.opportunity_id == opportunity.c.id)
    found: dict[int, datetime] = {}
    for of, at, more in (
        (call.account_id, call.actual_start, true()),
        (opportunity.c.account_id, activity.done_at, done),
        (known.account_id, known.last_contact, true()),
    ):
        query = select(of, func.max(at)).where(at.is_not(None), more).group_by(of)
        query = query.where(of == account_id) if account_id is not None else query
        for one, last in connection.execute(query):
            moment = last if isinstance(last, datetime) else datetime.combine(last, time(), UTC)
            found[one] = max(moment, found.get(one, moment))
    return found


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
