"""A rep and a manager take opportunities through 3.3.3.4.3 in their browsers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.acceptance.office import MANAGER, PROFILE, RATINGS, REP, REVIEW, Desk, Desks, Office

pytestmark = pytest.mark.browser

TITLE = "Prioritize Opportunity"
REVIEWING, PRIORITY, APPROVAL = (
    "Review Individual Pipeline & Key Customer Plans",
    "Identify Opportunity Priority",
    "Review Opportunity Priority",
)
UPDATE = "Update Opportunity Profile"


def at(desk: Desk, title: str) -> Desk:
    """The desk, once its page has this title; every task says why it is there and what comes next."""
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(title)
    return desk


def explained(desk: Desk, *steps: str, following: str) -> None:
    """The page of a task tells these steps before it, and this one after it, and shows its place."""
    for step in steps:
        expect(desk.section("Why this step")).to_contain_text(step)
    expect(desk.section("What comes next")).to_contain_text(following)
    expect(desk.section("Where this step stands").locator("svg")).to_be_visible()


def review(desk: Desk, number: str, **answers: str) -> None:
    """Starts the process on the opportunity's page and answers its first task."""
    desk.open(f"/opportunities/{number}").press(TITLE)
    at(desk, REVIEWING).answer(**{**REVIEW, **answers})
    desk.press("Complete")


def test_a_rep_and_a_manager_bring_an_opportunity_into_the_pipeline(office: Office, desks: Desks) -> None:
    deal = office.opportunity("Rolling mill 2", amount="800000")
    rep, manager = desks(REP), desks(MANAGER)

    rep.open(f"/opportunities/{deal.number}").press(TITLE)
    explained(at(rep, REVIEWING), "Load opportunity, account, thresholds", following="Defer Opportunity")
    rep.answer(**REVIEW).press("Complete")
    explained(at(rep, PRIORITY), "Classify Opportunity", "Suggest priority", following="Approval rule")
    rep.rate("5").answer(priority="low", override_reason="We know this customer.").press("Complete")

    manager.open("/inbox").follow(APPROVAL)
    explained(at(manager, APPROVAL), "Approval rule", PRIORITY, following="Add Opportunity to Pipeline")
    expect(manager.section("What is asked")).to_contain_text("Lin Wei")
    panel = manager.page.locator(".panel", has_text="Ratings and priority")
    expect(panel).to_contain_text("We know this customer.")
    manager.answer(decision="approve", comment="Go on.").press("Decide")

    rep.open("/inbox").follow(UPDATE)
    explained(at(rep, UPDATE), APPROVAL, "Go on.", "Add Opportunity to Pipeline", following="Opportunity Plan")
    rep.answer(**PROFILE).press("Complete")

    rep.open("/pipeline")
    rep.page.get_by_role("row").filter(has_text="Prioritised").get_by_role("link").click()
    rep.follow("Rolling mill 2")
    expect(at(rep, "Rolling mill 2").page.get_by_role("heading", level=1)).to_contain_text("In the pipeline")
    expect(rep.page.locator("li[aria-current=step]")).to_contain_text("Prioritised")
    expect(rep.section("Approvals")).to_contain_text("Go on.")


def test_the_page_of_an_instance_tells_who_decided_what_and_which_rows_fired(office: Office, desks: Desks) -> None:
    run = office.begin(office.opportunity(amount="800000"))
    run.complete("review_pipeline_and_plans", REP, **REVIEW)
    run.complete("identify_priority", REP, **dict.fromkeys(RATINGS, "5"), priority="high", override_reason="Big.")
    run.complete("review_priority", MANAGER, decision="reject", return_to="priority", comment="Too high.")
    rep = desks(REP).open(f"/instances/{run.instance_id}")

    told = rep.section("Who did what when")
    for line in ("Lin Wei started", "Lin Wei finished", "Chen Jie rejected", "the way “No” was taken"):
        expect(told).to_contain_text(line)
    decided = rep.section("Decisions")
    decided.get_by_text("Approval rule").first.click()
    fired = decided.locator("details[open] tr.fired")
    expect(fired.first).to_contain_text("fired")
    expect(decided.locator("details[open]").first).to_contain_text("It looked at:")
    expect(rep.page.locator("[data-element-id=identify_priority]").first).to_have_class(re.compile("active"))
    expect(rep.page.locator("[data-element-id=review_priority]").first).to_have_class(re.compile("done"))


def test_a_deferred_opportunity_comes_back_to_the_inbox_at_its_date(office: Office, desks: Desks) -> None:
    deal = office.opportunity("Spare parts 2")
    rep = desks(REP)
    review(rep, deal.number, pursue_decision="defer", pursue_rationale="No budget before summer.")
    at(rep, "Defer Opportunity")
    rep.answer(defer_reason="no_budget", resume_date="2026-06-01", resume_note="Ask for the new budget.")
    rep.press("Complete")
    office.work()

    rep.open(f"/opportunities/{deal.number}")
    expect(rep.page.get_by_role("heading", level=1)).to_contain_text("Put off")
    expect(rep.section("Put off")).to_contain_text("Jun 1, 2026")
    rep.open("/inbox")
    expect(rep.page.locator("main")).not_to_contain_text("Resume now?")

    waiting = office.running(deal, "area-key-account-planning")
    waiting.pass_time(timedelta(days=89))
    assert waiting.open_tasks() == []
    waiting.pass_time(timedelta(days=3))
    rep.log_in(REP)

    rep.open("/inbox").follow("Resume now?")
    expect(rep.page.locator("main")).to_contain_text("Ask for the new budget.")
    rep.answer(resume_action="resume", reason="The budget is there.").press("Complete")
    rep.open(f"/opportunities/{deal.number}")
    expect(rep.page.get_by_role("heading", level=1)).not_to_contain_text("Put off")


def test_an_opportunity_that_is_not_pursued_goes_on_to_be_closed(office: Office, desks: Desks) -> None:
    deal = office.opportunity("Line 9")
    rep = desks(REP)

    review(rep, deal.number, pursue_decision="no", not_pursued_reason="Q02", pursue_rationale="No fit.")

    expect(rep.page.locator("#flash")).to_contain_text("Done.")
    rep.open(f"/opportunities/{deal.number}")
    expect(rep.section("What waits")).to_contain_text("Close Opportunity")
    expect(rep.section("Decisions to pursue")).to_contain_text("No fit.")
    rep.section("What waits").get_by_role("link", name=TITLE).click()
    expect(rep.section("Hand-overs")).to_contain_text("Close Opportunity")


def test_everything_a_rep_does_works_without_javascript(office: Office, desks: Desks) -> None:
    deal = office.opportunity("Line 5")
    rep = desks(REP, java_script_enabled=False)

    review(rep, deal.number)
    at(rep, PRIORITY).rate("4").answer(priority="high").press("Complete")
    expect(rep.page.get_by_role("alert")).to_contain_text("Some answers need another look")
    rep.answer(override_reason="A new friend.").press("Complete")
    at(rep, UPDATE).answer(**PROFILE).press("Complete")

    expect(rep.page.locator("#flash")).to_contain_text("Done.")
    assert office.now(deal).status == "active"
    pages = {
        "/pipeline": "Prioritised",
        f"/opportunities/{deal.number}": "Line 5",
        f"/instances/{office.running(deal).instance_id}": "Line 5",
    }
    for path, words in pages.items():
        expect(rep.open(path).page.locator("main")).to_contain_text(words)
