"""Two people at one task: who was faster is told, and nothing anybody typed is lost."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from crm import opportunities
from tests.acceptance.office import COLLEAGUE, MANAGER, REP, REVIEW, Desks, Office
from tests.webapp.world import START

pytestmark = pytest.mark.browser


def test_the_slower_of_two_is_told_who_finished_when_and_keeps_what_was_typed(office: Office, desks: Desks) -> None:
    run = office.begin(office.opportunity("Line 3"))
    task = f"/tasks/{run.task_id('review_pipeline_and_plans')}"
    rep, colleague = desks(REP), desks(COLLEAGUE)
    rep.open("/account/").answer(to_user=COLLEAGUE, start_on="2026-03-01", end_on="2026-03-09")
    rep.press("Add substitute")

    rep.open(task).answer(**{**REVIEW, "pursue_rationale": "My own thoughts about it."})
    colleague.open("/inbox").follow("Review Individual Pipeline")
    expect(colleague.page.locator("main")).to_contain_text("You act for Lin Wei.")
    colleague.answer(**REVIEW).press("Complete")
    rep.press("Complete")

    page = rep.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody was faster")
    expect(page.get_by_role("alert")).to_contain_text("Zhao Min")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"\d+:\d\d"))
    expect(page.locator("main")).to_contain_text("My own thoughts about it.")
    assert [event.actor for event in run.events("task.completed")] == [COLLEAGUE]
    rep.follow("See the task")
    expect(page.locator("main")).to_contain_text("Zhao Min finished this task")


def test_a_record_changed_under_an_open_form_is_shown_anew_and_the_answers_stay(office: Office, desks: Desks) -> None:
    deal = office.opportunity("Line 3")
    run = office.begin(deal)
    rep = desks(REP).open(f"/tasks/{run.task_id('review_pipeline_and_plans')}")
    rep.answer(**{**REVIEW, "pursue_rationale": "My own thoughts about it."})
    with office.application.database.write() as tx:
        opportunities.change(tx.connection, deal, {"amount": Decimal(90_000)}, by=MANAGER, at=START)

    rep.press("Complete")

    page = rep.page
    expect(page.get_by_role("alert")).to_contain_text("Chen Jie changed it")
    expect(page.get_by_role("alert")).to_contain_text("90,000")
    expect(page.locator("[name=pursue_rationale]")).to_have_value("My own thoughts about it.")
    rep.press("Complete")
    assert [event.actor for event in run.events("task.completed")] == [REP]


def test_what_is_typed_survives_a_reload(office: Office, desks: Desks) -> None:
    run = office.begin(office.opportunity("Line 3"))
    rep = desks(REP).open(f"/tasks/{run.task_id('review_pipeline_and_plans')}")

    rep.answer(capacity_ok="true", pursue_decision="no", not_pursued_reason="Q02")
    with rep.page.expect_response(lambda answer: "a sen" in (answer.request.post_data or "").replace("+", " ")):
        rep.page.locator("[name=pursue_rationale]").press_sequentially("Half a sen")
    expect(rep.page.locator("[data-draft-status]")).to_contain_text("Draft saved at")
    rep.page.reload()

    expect(rep.page.locator("[name=pursue_rationale]")).to_have_value("Half a sen")
    expect(rep.page.locator("[name=capacity_ok][value=true]")).to_be_checked()
    expect(rep.page.locator("[name=not_pursued_reason]")).to_have_value("Q02")
    expect(rep.page.locator("[data-draft-status]")).to_contain_text("This is your draft.")
