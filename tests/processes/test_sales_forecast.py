"""3.2.3.1.2 Develop/Update Sales Forecast, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm import forecast, forecasts, targets
from crm.forecasts import Forecast
from crm.opportunities import Opportunity
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REP, START, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "develop-update-sales-forecast"


def active(company: Company, **fields: Any) -> Opportunity:
    given = {"status": "active", "expected_close_date": date(2026, 9, 25), "win_probability": Decimal(85), **fields}
    return company.opportunity(**given)


def single(company: Company, deal: Opportunity, **answers: str) -> Run:
    run = company.start(KEY, deal.business_key, actor=REP)
    given = {"win_probability": "85", "expected_close_date": "2026-09-25", "revenue_potential": "120000", **answers}
    run.complete("update_opportunity_forecast", REP, **given)
    return run


def cycle(company: Company) -> Run:
    run = company.start(KEY, f"user:{REP}", actor=REP)
    lines = [
        {**line, "probability": "85", "close_date": "2026-09-25", "revenue": "120000"}
        for line in run.variables["forecast_lines"]
    ]
    run.complete("update_opportunity_forecast", REP, forecast_lines=lines)
    return run


def the_forecast(run: Run) -> Forecast:
    with run.kit.database.read() as connection:
        return forecasts.get(connection, run.variables["forecast_number"])


@pytest.mark.parametrize(
    ("answers", "category"),
    [
        ({}, "commit"),
        ({"win_probability": "60"}, "best_case"),
        ({"win_probability": "20"}, "pipeline"),
        ({"expected_close_date": "2027-01-10"}, "future"),
    ],
)
def test_a_single_update_saves_the_line_with_its_category_and_returns(
    company: Company, answers: dict[str, str], category: str
) -> None:
    deal = active(company)

    run = single(company, deal, **answers)

    assert run.ended_at("end_returned")
    with company.database.read() as connection:
        line = forecast.current(connection, deal.id)
    assert line is not None
    assert (line.id, line.category, line.revenue_potential) == (
        run.variables["forecast_line_id"],
        category,
        Decimal(120000),
    )
    assert company.now(deal).forecast_category == category


def test_an_opportunity_that_has_ended_is_not_asked_about(company: Company) -> None:
    run = company.start(KEY, company.opportunity(status="lost").business_key, actor=REP)

    assert run.ended_at("end_returned") and run.events("task.skipped")
    assert run.variables["forecast_category"] == "omitted"


def test_a_cycle_is_submitted_sent_back_adjusted_reconciled_and_published(any_company: Company) -> None:
    active(any_company)
    with any_company.database.write() as transaction:
        targets.set_target(transaction.connection, REP, "2026-Q3", Decimal(200000), by="ops.one", at=START)
    run = cycle(any_company)
    found = the_forecast(run)
    assert (found.commit_lines, found.weighted, found.coverage) == (Decimal(120000), Decimal(102000), Decimal("0.6"))
    with pytest.raises(InvalidForm) as refused:
        run.complete("submit_forecast", REP, commit_amount="120000", best_case="100000")
    assert list(refused.value.errors) == ["best_case"]

    run.complete("submit_forecast", REP, commit_amount="120000", best_case="150000")
    run.complete("review_forecast", MANAGER, decision="reject", comment="Look at the risks.")
    assert (run.open_tasks(), run.variables["manager_comment"]) == (["submit_forecast"], "Look at the risks.")
    run.complete("submit_forecast", REP, commit_amount="120000", best_case="150000", risks="One deal may slip.")
    run.complete(
        "review_forecast", MANAGER, decision="approve", adjustment="-20000", adjustment_reason="It slips every time."
    )
    assert the_forecast(run).manager_amount == Decimal(100000)
    run.complete("reconcile_with_target", OPERATIONS, gap_actions=[], publish="false")
    assert run.open_tasks() == ["submit_forecast"]
    run.complete("submit_forecast", REP, commit_amount="110000", best_case="150000")
    run.complete("review_forecast", MANAGER, decision="approve")
    action = {"action": "Two more calls", "owner": REP, "due": "2026-09-30"}
    run.complete("reconcile_with_target", OPERATIONS, gap_actions=[action], publish="true")

    assert run.ended_at("end_published")
    assert (the_forecast(run).status, the_forecast(run).commit_amount) == ("published", Decimal(110000))


def test_a_forecast_that_nobody_submits_is_reminded_of_and_then_carried_over_as_stale(company: Company) -> None:
    deal = active(company)
    run = cycle(company)

    run.pass_time(timedelta(days=6, hours=3))
    assert run.open_tasks() == ["submit_forecast"] and "remind_forecast" in run.path()
    run.pass_time(timedelta(days=1))

    carried = the_forecast(run)
    assert run.open_tasks() == ["review_forecast"]
    assert (carried.stale, carried.status, carried.commit_amount) == (True, "submitted", Decimal(120000))
    with company.database.read() as connection:
        line = forecast.current(connection, deal.id)
    assert line is not None and line.stale


def test_a_person_that_is_unknown_asks_operations_for_the_record(company: Company) -> None:
    run = company.start(KEY, "user:nobody", actor=REP)

    assert run.open_tasks() == ["mr_resolve_missing_record"]
