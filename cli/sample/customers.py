"""The sixty customers of the sample company: invented firms with people, profiles, plans and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from cli.sample import customers_data as data
from cli.sample.people import OPERATIONS, quarters
from crm import account_plans, account_profiles, accounts, contacts, exchange
from engine import transaction

RATES = (("EUR", "7.85"), ("USD", "7.15"))
TIERS = {"A": "KEY", "B": "MAINTAIN", "C": "OPPORTUNISTIC"}  # as D03 calls them
KNOWN_SHARE = 0.85
PLANNED = 9


@dataclass(frozen=True)
class Customer:
    """One customer as the stories need it; `strength` is 1 to 5, or None without a profile."""

    id: int
    number: str
    name: str
    owner: str
    chinese: bool
    credit: str
    strength: int | None


def open_accounts(into: transaction.Transaction, random: Random, began: datetime) -> list[Customer]:
    """Writes the customers with contacts, most profiles, plans of the most important ones, and rates."""
    for currency, rate in RATES:
        exchange.set_rate(into.connection, currency, began.date(), Decimal(rate), by=OPERATIONS, at=began)
    found = [_open(into, random, began, row) for row in data.rows()]
    period = quarters(began.date() + timedelta(days=300), began.date() + timedelta(days=365))[-1][:4]
    for customer in [one for one in found if one.strength and one.strength >= 4][:PLANNED]:
        _plan(into, customer, period, began)
    return found


def _open(into: transaction.Transaction, random: Random, at: datetime, row: data.Row) -> Customer:
    prior = random.random() < 0.45
    account = accounts.create(
        into.connection,
        row.name,
        row.owner,
        by=OPERATIONS,
        at=at,
        status="active" if prior else "prospect",
        industry=row.industry,
        region=row.region,
        size=row.size,
        tier=TIERS[row.tier],
        is_target=row.tier == "A",
        credit_standing=row.credit,
        credit_limit=Decimal(random.randrange(5, 60)) * 100_000,
        prior_customer=prior,
        revenue_ltm=Decimal(random.randrange(3, 90)) * 50_000 if prior else None,
        cadence_days={"A": 30, "B": 60, "C": 90}[row.tier],
        website=f"https://{row.slug}.example",
    )
    for number in range(random.choice((1, 2, 2, 3))):
        _meet(into, random, at, account.id, row, number)
    strength = _profile(into, random, at, account.id, row)
    return Customer(account.id, account.number, row.name, row.owner, row.chinese, row.credit, strength)


def _meet(
    into: transaction.Transaction, random: Random, at: datetime, account_id: int, row: data.Row, number: int
) -> None:
    title, role = data.TITLES_ZH[number] if row.chinese else data.TITLES[number]
    name = data.person(random, row.chinese)
    contacts.create(
        into.connection,
        account_id,
        name,
        by=row.owner,
        at=at,
        title=title,
        buying_role=role,
        influence=random.randint(2, 5),
        stance=random.choice(("supporter", "neutral", "neutral", "sceptic")),
        email=f"contact{number + 1}@{row.slug}.example",
        phone=f"+86 21 5555 {random.randrange(10_000):04d}" if row.chinese else None,
        consent=random.random() < 0.8,
    )


def _profile(into: transaction.Transaction, random: Random, at: datetime, account_id: int, row: data.Row) -> int | None:
    if random.random() > KNOWN_SHARE:
        return None
    strength = random.choice((2, 3, 3, 4, 4, 5) if row.tier == "A" else (1, 2, 3, 3, 4))
    summary, trend = data.profile(row)
    account_profiles.publish_at_once(
        into.connection,
        account_id,
        by=OPERATIONS,
        at=at + timedelta(hours=1),
        business_summary=summary,
        trends=trend,
        relationship_strength=strength,
        satisfaction=random.randint(2, 5),
        share_of_wallet_pct=Decimal(random.randrange(5, 60)),
        completeness_pct=Decimal(random.randrange(60, 100)),
        valid_until=at.date() + timedelta(days=540),
    )
    return strength


def _plan(into: transaction.Transaction, customer: Customer, period: str, at: datetime) -> None:
    vision, strategies = data.PLAN_ZH if customer.chinese else data.PLAN
    account_plans.create(
        into.connection,
        customer.id,
        customer.owner,
        period,
        by=customer.owner,
        at=at + timedelta(days=3),
        status="active",
        depth="full",
        vision=vision,
        strategies=[{"strategy": strategies}],
        coverage_ratio=Decimal(120),
        completeness_pct=Decimal(85),
        plan_health="green",
    )
