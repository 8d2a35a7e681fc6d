"""Measuring account planning (3.4.1.3.2) and sales calls (3.3.4.4.1), from end to end: the paths of the catalogue."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import measure_runs, records, report_runs
from crm.measure_runs import Result, Run
from crm.tables import account, change_proposal, coaching_note, improvement_action, sales_call
from engine.errors import InvalidForm
from engine.testing import Run as Process
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company, any_company, company
from tests.crm import factories

__all__ = ["any_company", "company"]

PLANNING, CALLS = "measure-account-planning-performance", "measure-sales-call-performance"
TEAM = {"period": "2026-Q2", "teams": ["EAST"], "measures": ["plan_coverage"]}
IMPROVEMENT = {"action": "Plan the rest", "owner": MANAGER, "due": "2026-10-30", "measure": "plan_coverage"}


def targets(company: Company, planned: int, unplanned: int) -> None:
    """Target accounts of the rep, with and without a plan in force."""
    with company.database.write() as transaction:
        connection = transaction.connection
        for number in range(planned + unplanned):
            one = factories.an_account(connection, f"Target {number}")
            connection.execute(account.update().where(account.c.id == one.id).values(is_target=True))
            if number < planned:
                factories.a_plan(connection, one.id, status="active")


def a_call(company: Company, rep: str, outcome: str, *, planned: bool = True, start: date = date(2026, 8, 10)) -> None:
    begin = datetime(start.year, start.month, start.day, 8, tzinfo=START.tzinfo)
    with company.database.write() as transaction:
        connection = transaction.connection
        one = factories.an_account(connection, f"Customer of {rep}")
        row: dict[str, Any] = {
            "number": records.number(connection, "sales_call"),
            "account_id": one.id,
            "owner": rep,
            "status": "documented",
            "purpose": "review",
            "channel": "visit",
            "duration_min": 60,
            "outcome": outcome,
            "actual_start": begin,
            "actual_end": begin + timedelta(hours=1),
            "documented_at": begin + timedelta(hours=5),
            "primary_objective": "An order" if planned else None,
            "minimum_outcome": "A date" if planned else None,
        }
        records.insert(connection, sales_call, row, by=rep, at=begin)


def begin(company: Company, key: str) -> Process:
    return company.start(key, f"user:{OPERATIONS}", actor=OPERATIONS)


def the_run(process: Process) -> Run:
    with process.kit.database.read() as connection:
        return measure_runs.get(connection, process.variables["run_number"])


def results(process: Process) -> dict[tuple[str, str], Result]:
    with process.kit.database.read() as connection:
        found = measure_runs.results(connection, the_run(process).id)
    return {(each.scope, each.measure): each for each in found}


def count(company: Company, table: Any) -> int:
    with company.database.read() as connection:
        return len(connection.execute(select(table.c.id)).all())


def test_a_quarter_is_measured_commented_improved_and_published(any_company: Company) -> None:
    targets(any_company, planned=9, unplanned=1)
    run = begin(any_company, PLANNING)
    assert run.row()["business_key"] == the_run(run).business_key
    with pytest.raises(InvalidForm) as refused:
        run.complete("set_scope", OPERATIONS, **{**TEAM, "period": "last quarter"})
    assert list(refused.value.errors) == ["period"]

    run.complete("set_scope", OPERATIONS, **TEAM)
    coverage = results(run)["EAST", "plan_coverage"]
    assert (coverage.value, coverage.numerator, coverage.denominator) == (Decimal(90), Decimal(9), Decimal(10))
    assert (coverage.attainment_pct, coverage.rating) == (Decimal("94.74"), "amber")
    run.complete("check_data_quality", OPERATIONS, data_ok="true")
    run.complete("comment_results", MANAGER, comment="One is new.", causes=[])
    run.complete("plan_improvements", OPERATIONS, improvements=[IMPROVEMENT])
    run.complete("approve_report", REGIONAL, decision="approve")

    assert run.ended_at("end_published")
    assert the_run(run).status == "published"
    assert results(run)["EAST", "plan_coverage"].comment == "One is new."
    with any_company.database.read() as connection:
        (report,) = report_runs.of_run(connection, the_run(run).id)
    whose = [row[0] for row in report.content[0]["rows"]]
    assert (report.report, report.period, whose) == (
        "RP-07",
        "2026-Q2",
        ["all", {"en": "Unit EAST", "zh-Hans": "部门 EAST"}],
    )
    assert count(any_company, improvement_action) == 1


def test_unsound_data_are_mended_and_worked_out_anew(company: Company) -> None:
    targets(company, planned=0, unplanned=1)
    run = begin(company, PLANNING)
    run.complete("set_scope", OPERATIONS, **TEAM)
    assert results(run)["EAST", "plan_coverage"].rating == "red"

    targets(company, planned=1, unplanned=0)
    issue = {"record": "ACC-0001", "problem": "The plan was not entered", "fix": "Entered"}
    run.complete("check_data_quality", OPERATIONS, data_ok="false", issues=[issue])

    assert results(run)["EAST", "plan_coverage"].value == Decimal(50)
    assert run.open_tasks() == ["check_data_quality"]


def test_a_refused_report_goes_back_and_a_change_of_a_process_is_proposed(company: Company) -> None:
    run = begin(company, PLANNING)
    run.complete("set_scope", OPERATIONS, **TEAM)
    assert results(run)["EAST", "plan_coverage"].value is None  # no target account: n/a
    run.complete("check_data_quality", OPERATIONS, data_ok="true")
    run.pass_time(timedelta(days=6))
    assert run.open_tasks() == ["plan_improvements"]
    run.complete("plan_improvements", OPERATIONS, improvements=[IMPROVEMENT])
    run.complete("approve_report", REGIONAL, decision="reject", comment="Which accounts?")

    assert run.variables["manager_comment"] == "Which accounts?"
    change = {"process_change": "true", "change_text": "Choose targets every quarter"}
    run.complete("plan_improvements", OPERATIONS, improvements=[IMPROVEMENT], **change)
    run.complete("approve_report", REGIONAL, decision="approve")
    run.complete(
        "propose_process_change", "anl.li", process_key="identify-target-accounts", change="Start it every quarter"
    )

    assert run.ended_at("end_published")
    assert (count(company, improvement_action), count(company, change_proposal)) == (1, 1)


def test_a_month_of_calls_is_measured_a_rep_coached_and_every_rep_sees_own_figures(any_company: Company) -> None:
    for number in range(6):
        a_call(any_company, REP, "advance")
        a_call(any_company, "zhao.lei", "setback", planned=number == 0)
    run = begin(any_company, CALLS)

    run.complete("set_scope", OPERATIONS, period="2026-08", teams=["EAST"])

    found = results(run)
    assert found[REP, "call_effectiveness"].value == Decimal(100)
    assert found["EAST", "call_effectiveness"].value == Decimal(50)
    assert found["zhao.lei", "planned_call_ratio"].rating == "red"
    flagged = [(each["view"], each["value"]) for each in run.variables["patterns"] if each["flagged"]]
    assert ("planning", "planned") in flagged
    goal = {"measure": "Planned calls", "target": "8 of 10", "date": "2026-10-30"}
    for _rep in run.variables["reps_to_coach"]:
        run.complete("coach_reps", MANAGER, strengths="Many calls", focus="Plan them", goals=[goal])
    run.complete("approve_report", REGIONAL, decision="approve")
    change = {"process_key": "plan-for-sales-call", "change": "Ask for an objective before booking"}
    run.complete("propose_process_change", "anl.li", **change)

    assert run.ended_at("end_published")
    assert count(any_company, coaching_note) == 2 * len(run.variables["reps_to_coach"])
    with any_company.database.read() as connection:
        filed = {one.owner: one for one in report_runs.of_run(connection, the_run(run).id)}
    assert set(filed) == {OPERATIONS, REP, "zhao.lei"}
    own = {row[0]["en"]: row[1:] for row in filed[REP].content[0]["rows"]}
    assert own["Calls that advanced the matter"] == [100, 50, 50]


def test_a_refused_call_report_has_its_patterns_looked_at_anew_and_skips_what_was_not_flagged(company: Company) -> None:
    run = begin(company, CALLS)
    run.complete("set_scope", OPERATIONS, period="2026-08")
    run.pass_time(timedelta(days=15))  # nobody coached; the report is not held back

    run.complete("approve_report", REGIONAL, decision="reject", comment="Look again.")
    run.complete("approve_report", REGIONAL, decision="approve")

    assert run.ended_at("end_published") and run.events("task.skipped")
