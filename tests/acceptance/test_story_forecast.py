"""The week's forecast: every rep is asked on Monday, one hands in, one forgets, and operations publish."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from crm import targets
from engine import schedules
from tests.acceptance.desk import HERE, Story, fill, picture
from tests.company import MANAGER, OPERATIONS, REP, START

pytestmark = pytest.mark.browser

COLLEAGUE = "zhao.lei"
MONDAY = datetime(2026, 9, 21, 8, 5, tzinfo=HERE)
UPDATE = "Update probability, close date, revenue"


def two_reps_with_a_deal_each(story: Story) -> None:
    """Each has a deal that closes this quarter; the quarter's target of one of them is known."""
    for owner in (REP, COLLEAGUE):
        closing = {"expected_close_date": date(2026, 9, 25), "win_probability": Decimal(85)}
        story.company.opportunity(name=f"Line of {owner}", status="active", owner=owner, **closing)
    with story.company.database.write() as transaction:
        targets.set_target(transaction.connection, REP, "2026-Q3", Decimal(200_000), by=OPERATIONS, at=START)


def the_rep_hands_in(story: Story) -> None:
    """Line by line, then the sum; the manager sends it back once and takes something off."""
    rep = story.take(REP, UPDATE)
    expect(rep.page.locator("main")).to_contain_text(f"Line of {REP}")
    line = {"probability": "90", "close_date": "2026-09-25", "revenue": "120000"}
    fill(rep, forecast_lines=[line])
    picture(rep, "71-lines")
    story.send(rep)
    rep = story.take(REP, "Submit forecast")
    fill(rep, commit_amount="120000", best_case="150000")
    picture(rep, "72-submit")
    story.send(rep)
    story.do(MANAGER, "Review and adjust", decision="reject", comment="Look at the risks.")
    rep = story.take(REP, "Submit forecast")
    expect(rep.page.locator("main")).to_contain_text("Look at the risks.")
    story.send(fill(rep, commit_amount="120000", best_case="150000", risks="It may slip."))
    manager = story.take(MANAGER, "Review and adjust")
    fill(manager, decision="approve", adjustment="-20000", adjustment_reason="It slips every time.")
    picture(manager, "73-review")
    story.send(manager)


def operations_publish(story: Story) -> None:
    """The gap to the target is somebody's to close; then the forecast is published."""
    operations = story.take(OPERATIONS, "Reconcile with Target Sales Plan")
    picture(operations, "74-reconcile")
    action = {"action": "Two more calls", "owner": REP, "due": "2026-09-30"}
    story.send(fill(operations, gap_actions=[action], publish="true"))


def test_a_week_of_forecasts_is_handed_in_reviewed_published_and_carried_where_forgotten(story: Story) -> None:
    two_reps_with_a_deal_each(story)
    schedules.arm_all(story.company.engine)
    story.pass_time(MONDAY - story.company.clock.now())
    the_rep_hands_in(story)
    operations_publish(story)

    rep = story.at(REP).open("/records/forecast").follow("2026-Q3")
    picture(rep, "75-forecast")
    expect(rep.page.locator("main")).to_contain_text("Published")
    expect(rep.page.locator("main")).to_contain_text("100,000")
    story.do(COLLEAGUE, UPDATE, forecast_lines=[{"probability": "60", "revenue": "80000"}])
    story.pass_time(timedelta(days=2, hours=5))
    manager = story.take(MANAGER, "Review and adjust")
    expect(manager.page.locator("main")).to_contain_text("Zhao.Lei")
    picture(manager, "76-stale")
    late = story.at(COLLEAGUE).open("/records/forecast").follow("2026-Q3")
    expect(late.section("Facts")).to_contain_text(re.compile(r"Not submitted in time\s*yes"))
