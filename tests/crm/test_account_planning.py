"""The rules of account planning on the records alone: periods, scores, capacity, readiness, actuals."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from crm import (
    account_plans,
    account_profiles,
    account_scoring,
    accounts,
    contacts,
    opportunity_ideas,
    plan_actions,
    plan_actuals,
    plan_health,
    plan_objectives,
    plan_periods,
    plan_readiness,
    relationships,
    targeting,
)
from crm.account_plans import AccountPlan
from crm.accounts import Account
from crm.errors import IllegalMove
from tests.crm.factories import NOW, an_account, an_opportunity

TODAY = date(2026, 9, 16)
BY: dict[str, Any] = {"by": "lin.wei", "at": NOW}
LARGE = Decimal(2_000_000)


@pytest.fixture
def customer(connection: Connection, configured: dict[str, int]) -> Account:
    return an_account(connection)


@pytest.fixture
def plan(connection: Connection, customer: Account) -> AccountPlan:
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    made = account_plans.create(connection, customer.id, "lin.wei", "2026", **BY, **days)
    return account_plans.by_id(connection, made)


def set_objectives(connection: Connection, plan: AccountPlan, **targets: int) -> None:
    due = {"due": date(2026, 12, 31), "owner": "lin.wei"}
    rows = [{"type": kind, "measure": kind, "target": Decimal(target), **due} for kind, target in targets.items()]
    plan_objectives.set_all(connection, plan.id, rows, **BY)


def sell(connection: Connection, customer: Account, amount: int, day: date) -> None:
    sale = {"status": "won", "outcome_date": day, "actual_amount": Decimal(amount)}
    an_opportunity(connection, f"Sale {amount}", account=customer, **sale)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert plan_periods.months_after(day, months) == later


def test_a_period_follows_the_one_before_and_is_named_by_year_or_months() -> None:
    assert plan_periods.following(date(2026, 12, 31), TODAY) == date(2027, 1, 1)
    assert plan_periods.following(date(2026, 8, 31), TODAY) == plan_periods.following(None, TODAY) == date(2026, 10, 1)
    assert plan_periods.last_day(date(2026, 10, 1), 12) == date(2027, 9, 30)
    assert plan_periods.named(date(2027, 1, 1), date(2027, 12, 31)) == "2027"
    assert plan_periods.named(date(2026, 10, 1), date(2027, 9, 30)) == "2026-10/2027-09"
    assert plan_periods.next_review(TODAY, "P3M", date(2026, 11, 30)) == date(2026, 11, 30)


def test_an_account_of_which_nothing_is_known_scores_in_the_middle_or_lower(
    connection: Connection, customer: Account
) -> None:
    found = account_scoring.scored(connection, customer, account_scoring.USUAL_WEIGHTS, today=TODAY, large=LARGE)

    assert found.points == {
        "revenue_potential": 0, "growth": 50, "strategic_fit": 0, "solvency": 100, "willingness": 50,
        "relationship": 0, "share": 0, "fit": 50, "competition": 50,
    }  # fmt: skip
    assert (found.attractiveness, found.position) == (Decimal("30.77"), Decimal("21.43"))


def test_what_is_known_of_an_account_counts_with_its_weight(connection: Connection, customer: Account) -> None:
    account_profiles.publish_at_once(
        connection, customer.id, **BY, share_of_wallet_pct=Decimal(60), satisfaction=5,
        initiatives=[{"initiative": "A"}], competitors=[{"competitor": "N", "share_pct": "30.5"}],
        buying_centres=[{"unit": "A", "spend": 900000}],
        white_space=[{"unit": "B", "product": "C", "est_value": "50000"}],
    )  # fmt: skip
    person = contacts.create(
        connection, customer.id, "Ms Wu", email="w@example.com", influence=4, stance="champion", **BY
    )
    relationships.put(connection, customer.id, person.id, "lin.wei", strength=3, **BY)
    sell(connection, customer, 100_000, date(2025, 3, 1))
    sell(connection, customer, 50_000, date(2026, 3, 1))

    only = {"revenue_potential": 50, "growth": 50}
    found = account_scoring.scored(connection, customer, only, today=TODAY, large=LARGE)

    assert found.points == {
        "revenue_potential": 50, "growth": 0, "strategic_fit": 50, "solvency": 100, "willingness": 100,
        "relationship": 50, "share": 60, "fit": 100, "competition": Decimal("69.5"),
    }  # fmt: skip
    assert (found.attractiveness, found.position, found.score) == (25, 0, 25)


def test_key_accounts_are_counted_against_what_a_rep_can_cover() -> None:
    rows = [
        {"owner": owner, "tier": tier} for owner, tier in (("a", "KEY"), ("a", "KEY"), ("a", "GROWTH"), ("b", "KEY"))
    ]

    assert targeting.over_capacity(rows, 1) == [{"owner": "a", "count": 2, "limit": 1}]
    assert targeting.over_capacity(rows, 2) == []


def test_coverage_is_pipeline_and_a_fifth_of_the_ideas_over_what_is_missing(
    connection: Connection, customer: Account, plan: AccountPlan
) -> None:
    opportunity_ideas.set_all(connection, plan.id, [{"unit": "A", "product": "B", "est_value": Decimal(100_000)}], **BY)
    an_opportunity(connection, account=customer, status="active", amount=Decimal(50_000), win_probability=Decimal(60))

    assert plan_readiness.of_plan(connection, plan).coverage_ratio == 0
    set_objectives(connection, plan, revenue=100_000)
    assert plan_readiness.of_plan(connection, plan).coverage_ratio == Decimal("0.50")
    sell(connection, customer, 75_000, date(2026, 5, 1))
    assert plan_readiness.of_plan(connection, plan).coverage_ratio == Decimal("2.00")
    sell(connection, customer, 25_000, date(2026, 6, 1))
    assert plan_readiness.of_plan(connection, plan).coverage_ratio == 5


def test_a_full_plan_must_have_a_revenue_objective_actions_and_its_sponsor(
    connection: Connection, plan: AccountPlan
) -> None:
    full = account_plans.change(connection, plan, {"depth": "full"}, **BY)
    assert plan_readiness.of_plan(connection, full).mandatory == ("revenue_objective", "actions", "sponsor")

    set_objectives(connection, plan, revenue=1)
    action = {"text": "Visit", "type": "internal", "owner": "lin.wei", "due": TODAY}
    plan_actions.add(connection, plan_actions.ACCOUNT_PLAN, plan.id, action, **BY)
    short = account_plans.change(connection, full, {"depth": "short"}, **BY)

    found = plan_readiness.of_plan(connection, short)
    assert (found.mandatory, found.completeness_pct) == ((), 20)


def test_attainment_is_measured_against_what_should_be_reached_by_the_day(
    connection: Connection, customer: Account, plan: AccountPlan
) -> None:
    set_objectives(connection, plan, revenue=365_000, share=50, satisfaction=4)
    sell(connection, customer, 100_000, date(2026, 2, 1))
    account_profiles.publish_at_once(connection, customer.id, share_of_wallet_pct=Decimal(25), **BY)

    attained = plan_actuals.collect(connection, plan, date(2026, 7, 19), **BY)  # 200 of 365 days

    assert attained == 50  # half of the 200,000 due by then, half of the share; satisfaction is unknown
    actuals = {one.type: one.actual for one in plan_objectives.of_plan(connection, plan.id)}
    assert actuals == {"revenue": 100_000, "share": 25, "satisfaction": None}
    assert plan_health.target_attainment_pct(connection, plan, date(2026, 7, 19)) == 50
    assert plan_health.target_attainment_pct(connection, plan, date(2025, 12, 31)) == 100


def test_actions_on_time_counts_those_that_were_due(connection: Connection, plan: AccountPlan) -> None:
    kind = plan_actions.ACCOUNT_PLAN
    for number, (due, status) in enumerate([(15, "done"), (16, "open"), (17, "open"), (15, "dropped")]):
        action = {"text": f"A{number}", "type": "internal", "owner": "lin.wei", "due": date(2026, 9, due)}
        made = plan_actions.add(connection, kind, plan.id, action, **BY)
        finished = {"status": status, "done_at": NOW if status == "done" else None}
        plan_actions.change(connection, made, finished, **BY)

    assert plan_actions.on_time_pct(connection, kind, plan.id, date(2026, 9, 14)) == 100
    assert plan_actions.on_time_pct(connection, kind, plan.id, date(2026, 9, 17)) == 0  # done a day late


def test_a_plan_is_worked_only_after_its_review(connection: Connection, plan: AccountPlan) -> None:
    with pytest.raises(IllegalMove):
        account_plans.move(connection, plan, "active", **BY)

    reviewed = account_plans.move(connection, plan, "in_review", **BY)
    approved = account_plans.move(connection, reviewed, "approved", **BY)
    active = account_plans.move(connection, approved, "active", **BY)

    assert account_plans.in_use(connection, plan.account_id) == active
    assert accounts.by_id(connection, plan.account_id).owner == active.owner


def test_a_second_plan_of_a_period_is_its_next_version(connection: Connection, plan: AccountPlan) -> None:
    again = account_plans.create(connection, plan.account_id, "lin.wei", plan.period, **BY)

    assert account_plans.by_id(connection, again).version == 2
