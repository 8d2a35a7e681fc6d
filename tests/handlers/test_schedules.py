"""What begins by the clock in a real company (catalogue 10): each schedule starts what it should, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crm import opportunity_plans, stages
from crm.tables import account, opportunity, opportunity_plan, pipeline_snapshot
from engine import instances, notices, schedules, worker
from handlers.schedules import ALL
from tests.account_planning import a_contact, a_plan, a_valid_profile, an_account
from tests.calls import a_call, a_customer
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]


def begin(company: Company, name: str) -> None:
    schedules.run_now(company.engine, name)
    worker.run_due(company.engine)


def begun(company: Company) -> list[tuple[str, str]]:
    with company.database.read() as connection:
        return sorted((row.key, row.business_key) for row in instances.running(connection))


def told(company: Company, login: str) -> list[str]:
    with company.database.read() as connection:
        return [str(one.sentence) for one in notices.for_user(connection, login)]


def test_every_schedule_has_two_names_and_waits_for_its_time(company: Company) -> None:
    schedules.arm_all(company.engine)

    with company.database.read() as connection:
        rows = {row.name: row for row in schedules.listing(company.engine, connection)}
    assert set(rows) == {one.name for one in ALL}
    assert all(row.next_at is not None and set(row.names) == {"en", "zh-Hans"} for row in rows.values())
    forecast = rows["weekly_forecast"].next_at  # Monday, 8:00 in Shanghai
    assert forecast is not None and (forecast.isoweekday(), forecast.hour) == (1, 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("weekly_forecast", [("develop-update-sales-forecast", f"user:{rep}") for rep in (REP, "rao.mei", "zhao.lei")]),
        ("target_accounts", [("identify-target-accounts", f"user:{OPERATIONS}")]),
    ],
)
def test_it_starts_work_for_people_once(company: Company, name: str, expected: list[tuple[str, str]]) -> None:
    begin(company, name)
    first = [one for one in begun(company) if one[0] == expected[0][0]]

    begin(company, name)

    assert first == [one for one in begun(company) if one[0] == expected[0][0]]
    assert len(first) == len(expected)


def test_both_measurings_begin_for_operations(company: Company) -> None:
    begin(company, "measure_account_planning")
    begin(company, "measure_sales_calls")

    assert {key for key, _ in begun(company)} >= {
        "measure-account-planning-performance",
        "measure-sales-call-performance",
    }


def test_the_night_keeps_the_figures_of_open_deals_once(any_company: Company) -> None:
    any_company.opportunity(status="active")

    begin(any_company, "pipeline_snapshot")
    begin(any_company, "pipeline_snapshot")

    with any_company.database.read() as connection:
        kept = select(func.count()).where(pipeline_snapshot.c.kind == "nightly")
        assert connection.execute(kept).scalar_one() == 1


def test_owner_and_manager_hear_of_a_deal_that_stands_still_and_again_after_a_week(any_company: Company) -> None:
    deal = any_company.opportunity(status="active")
    with any_company.database.write() as transaction:
        found = {one.key: one.max_days for one in stages.listing(transaction.connection, deal.sales_mode)}
        entered = START - timedelta(days=found[str(deal.stage)] + 1)
        transaction.connection.execute(opportunity.update().values(stage_entered_at=entered))

    for _day in range(3):
        begin(any_company, "still_deals")
        any_company.clock.advance(timedelta(days=1))

    text = f"{deal.number} {deal.name} is in its stage for %s days more than is healthy."
    assert told(any_company, REP) == told(any_company, MANAGER) == [text % 1]
    any_company.clock.advance(timedelta(days=4))
    begin(any_company, "still_deals")
    assert told(any_company, REP) == [text % 8, text % 1]


def test_a_plan_without_news_goes_stale_and_owner_and_manager_hear_of_it(company: Company) -> None:
    deal = company.opportunity(status="active")
    with company.database.write() as transaction:
        connection = transaction.connection
        plan = opportunity_plans.open_for_work(connection, deal, by=REP, at=START - timedelta(days=22))
        opportunity_plans.agree(connection, plan, notes=None, by=REP, at=START)
        connection.execute(opportunity_plan.update().values(content_at=START - timedelta(days=22)))

    begin(company, "stale_plans")
    begin(company, "stale_plans")

    text = f"The plan of {deal.number} {deal.name} had no update for 21 days."
    assert told(company, REP) == told(company, MANAGER) == [text]


def test_records_whose_time_has_come_are_worked(any_company: Company) -> None:
    customer = a_customer(any_company)
    silent = an_account(any_company, "Silent Ltd.", status="active")
    a_contact(any_company, silent)
    call = a_call(any_company, customer, start_at=START - timedelta(days=2))
    planned = an_account(any_company, "Planned Ltd.", tier="MAINTAIN")
    a_valid_profile(any_company, planned, valid_until=START.date() - timedelta(days=1))
    plan = a_plan(any_company, planned, status="active", period_end=START.date() + timedelta(days=30))
    with any_company.database.write() as transaction:
        told_last = account.c.id == silent.id
        created = {"created_at": START - timedelta(days=400)}
        transaction.connection.execute(account.update().where(told_last).values(**created))

    for name in ("outdated_profiles", "missing_call_reports", "contact_cadence", "plan_renewals", "account_results"):
        begin(any_company, name)

    assert set(begun(any_company)) >= {
        ("document-sales-call-results", call.business_key),
        ("schedule-sales-call", f"account:{silent.number}"),
        ("develop-account-plan", f"account:{planned.number}"),
        ("monitor-account-performance", plan.business_key),
        ("develop-account-profile", f"account:{planned.number}"),
    }


def test_of_each_owners_silent_customers_the_three_most_urgent_are_to_be_called(company: Company) -> None:
    silent = {
        days: an_account(company, f"Silent {days} Ltd.", status="active", cadence_days=100)
        for days in (150, 300, 200, 250)
    }
    other = an_account(company, "Quiet Ltd.", status="active", cadence_days=100, owner="rao.mei")
    with company.database.write() as transaction:
        for days, one in {**silent, 120: other}.items():
            created = {"created_at": START - timedelta(days=days)}
            transaction.connection.execute(account.update().where(account.c.id == one.id).values(**created))

    begin(company, "contact_cadence")

    expected = {f"account:{one.number}" for one in (silent[300], silent[250], silent[200], other)}
    assert {key for process, key in begun(company) if process == "schedule-sales-call"} == expected
