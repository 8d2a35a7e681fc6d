"""A quarter is measured from data to decisions: operations, managers of two levels, and the readers of the pack."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from crm import measure_runs, report_runs
from engine import instances
from tests.acceptance.desk import Clicked, Story, fill, picture
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP
from tests.processes.test_measuring import IMPROVEMENT, TEAM, a_call, targets

pytestmark = pytest.mark.browser

AREA = "area-reporting-analysis"


def the_run(story: Story) -> Clicked:
    """The only instance there is."""
    with story.company.database.read() as connection:
        (row,) = instances.running(connection)
    return Clicked(story.company, row.id, story)


def account_planning_is_measured(story: Story) -> None:
    """Scope, data, what the line manager says, what is done about it, and the approval one level up."""
    operations = story.start(OPERATIONS, AREA)
    story.work()
    operations = story.take(OPERATIONS, "Set scope")
    picture(operations, "51-scope")
    story.send(fill(operations, **TEAM))
    operations = story.take(OPERATIONS, "Check data quality")
    expect(operations.page.locator("main")).to_contain_text("Target accounts")
    picture(operations, "52-data")
    story.send(fill(operations, data_ok="true"))
    manager = story.take(MANAGER, "Comment results")
    picture(manager, "53-comment")
    story.send(fill(manager, comment="One customer is new."))
    operations = story.take(OPERATIONS, "Plan improvements")
    picture(operations, "54-improve")
    story.send(fill(operations, improvements=[IMPROVEMENT]))
    regional = story.take(REGIONAL, "Approve report")
    picture(regional, "55-approve")
    story.send(fill(regional, decision="approve"))


def calls_are_measured(story: Story, run: Clicked) -> None:
    """A month of calls: its patterns, a talk with the rep by the line manager, and the approval one level up."""
    run.complete("set_scope", OPERATIONS, period="2026-08", teams=["EAST"])
    manager = story.take(MANAGER, "Coaching talk")
    expect(manager.page.locator("main")).to_contain_text("Lin.Wei")
    picture(manager, "56-coach")
    goal = {"measure": "Planned calls", "target": "8 of 10", "date": "2026-10-30"}
    story.send(fill(manager, strengths="Many calls", focus="Plan them", goals=[goal]))
    story.pass_time(timedelta(days=15))  # others were not coached; the report is not held back
    run.complete("approve_report", REGIONAL, decision="approve")


def test_a_quarter_is_measured_reviewed_and_given_to_its_readers(story: Story) -> None:
    company = story.company
    targets(company, planned=9, unplanned=1)
    a_call(company, REP, "advance")
    company.opportunity(status="active")
    account_planning_is_measured(story)
    run = the_run(story)
    calls_are_measured(story, run)

    manager = story.take(MANAGER, "Review pack")
    expect(manager.page.get_by_role("link", name="REP-0005")).to_be_visible()
    picture(manager, "57-pack")
    decision = {"decision": "Plan every target account.", "owner": MANAGER, "due": "2026-10-30"}
    questions = [{"question": "Which region fell?"}, {"question": "Who is new?"}]
    story.send(fill(manager, decisions=[decision], questions=questions))
    assert run.ended_at("end_done")

    with company.database.read() as connection:
        number = report_runs.of_run(connection, measure_runs.get(connection, "MEA-0001").id)[0].number
    manager.open(f"/records/report_run/{number}")
    picture(manager, "58-report")
    results = manager.page.get_by_role("region", name="Account-plan performance")
    expect(results.get_by_role("row").filter(has_text="Target accounts with a plan").first).to_contain_text("amber")
    expect(results).to_contain_text("Unit EAST")
    expect(manager.page.locator("main")).to_contain_text("Sales managers")
    expect(manager.open("/notices/").page.locator("main")).to_contain_text("2026-Q2")
    picture(manager, "59-notices")
    actions = manager.open("/records/improvement_action").page.locator("main")
    expect(actions).to_contain_text("Plan the rest")
    expect(actions).to_contain_text("Plan every target account.")
    picture(manager, "60-improvements")
