"""Reporting and Analysis (3.4.1) over its measuring stage (3.4.1.2): one quarter, from the calendar to the readers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from crm import measure_runs
from crm.measure_runs import Result
from crm.tables import improvement_action, report_run
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, Company, any_company, company
from tests.processes.test_measuring import IMPROVEMENT, TEAM, a_call, targets

__all__ = ["any_company", "company"]

AREA, STAGE = "area-reporting-analysis", "stage-measure-sales-execution"
PACK = [f"RP-{number:02}" for number in range(1, 13)]


def measured(run: Run) -> None:
    """Both measurings under a run of the area or the stage are worked through; their steps stand in the same run."""
    run.complete("set_scope", OPERATIONS, **TEAM)
    run.complete("check_data_quality", OPERATIONS, data_ok="true")
    run.complete("comment_results", MANAGER, comment="One is new.", causes=[])
    run.complete("plan_improvements", OPERATIONS, improvements=[IMPROVEMENT])
    run.complete("approve_report", REGIONAL, decision="approve")
    run.complete("set_scope", OPERATIONS, period="2026-08", teams=["EAST"])
    run.pass_time(timedelta(days=15))  # nobody coached; the report is not held back
    run.complete("approve_report", REGIONAL, decision="approve")


def results(run: Run, number: str) -> list[Result]:
    with run.kit.database.read() as connection:
        return measure_runs.results(connection, measure_runs.get(connection, number).id)


def filed(company: Company) -> dict[str, Any]:
    with company.database.read() as connection:
        rows = connection.execute(select(report_run).order_by(report_run.c.id)).mappings()
        return {row["report"]: row for row in rows if row["report"] in PACK and row["owner"] == OPERATIONS}


def test_both_measurings_meet_and_each_team_gets_one_score(any_company: Company) -> None:
    targets(any_company, planned=9, unplanned=1)
    a_call(any_company, REP, "advance")
    run = any_company.start(STAGE, f"user:{OPERATIONS}", actor=OPERATIONS)
    measured(run)

    assert run.ended_at("end_returned")
    found = {(each.scope, each.measure): each for each in results(run, run.variables["account_run"])}
    assert found["EAST", "scorecard"].value is not None
    assert run.variables["scorecard"]["EAST"] > 1


def test_the_pack_of_a_quarter_is_filed_reviewed_and_read_by_its_readers(any_company: Company) -> None:
    targets(any_company, planned=9, unplanned=1)
    a_call(any_company, REP, "advance")
    any_company.opportunity(status="active")
    run = any_company.start(AREA, f"user:{OPERATIONS}", actor=OPERATIONS)
    measured(run)

    assert run.variables["period"] == "2026-Q2"
    assert set(filed(any_company)) == set(PACK)
    decision = {"decision": "Plan every target account.", "owner": MANAGER, "due": "2026-10-30"}
    run.complete("review_pack", MANAGER, decisions=[decision], questions=[{"question": "Which region fell?"}])

    assert run.ended_at("end_done")
    assert decided(any_company) == ["Plan every target account."]
    (stage, _pended) = filed(any_company)["RP-01"]["content"][0]["rows"]
    assert stage[2] == 1  # one active deal
    assert own_health(any_company) > 0
    assert readers(any_company, "RP-04") > readers(any_company, "RP-05")


def decided(company: Company) -> list[str]:
    with company.database.read() as connection:
        query = select(improvement_action.c.text).where(improvement_action.c.measure_run_id.is_(None))
        return [row.text for row in connection.execute(query)]


def readers(company: Company, report: str) -> int:
    return len(filed(company)[report]["readers"])


def own_health(company: Company) -> int:
    """How many runs of the pack itself RP-12 counts as running."""
    rows = filed(company)["RP-12"]["content"][0]["rows"]
    return next(int(row[1]) for row in rows if row[0] == AREA)
