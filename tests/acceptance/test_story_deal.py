"""A tender becomes an opportunity, is planned by four people, quoted, won, delivered late and closed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from crm import account_plans, account_profiles, assessment, opportunities, opportunity_plans, plan_objectives
from crm.opportunities import Opportunity
from tests.acceptance.desk import Story, fill, picture
from tests.acceptance.office import PROFILE, RATINGS, REVIEW, Desk
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company
from tests.crm import factories
from tests.processes.planning import EXPERT, Planning, add_contacts
from tests.processes.test_opportunity_management import YES
from tests.processes.test_quote_approval import TERMS, a_product, line, switch

pytestmark = [pytest.mark.browser]

MARKETING, COLLEAGUE = "mkt.bo", "zhao.lei"
TEAM = (REP, EXPERT, COLLEAGUE, MANAGER)
PLAN, INPUT = "develop-update-opportunity-plan", "Provide Input to Plan"
NEED, SAID = "A third filling line", "The plant manager said so."
ANNOUNCED = {
    "company": "Hengli Machinery",
    "contact_name": "Zhou Ning",
    "phone_or_email": "zhou@hengli.example",
    "source": "rfp",
    "need": NEED,
    "rfp": "false",  # the tender itself follows: nothing is decided yet, so that the sale is assessed first
    "document": [{"name": "tender.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 The tender"}],
}


def the_deal(story: Story) -> Opportunity:
    with story.company.database.read() as connection:
        return opportunities.get(connection, "OPP-1001")


def page(story: Story, login: str = REP) -> Desk:
    """The page of the opportunity."""
    return story.at(login).open("/opportunities/OPP-1001")


def a_customer_with_a_plan(company: Company) -> str:
    """A customer whose account plan wants 900,000 this year; the number of the plan."""
    with company.database.write() as transaction:
        connection = transaction.connection
        customer = factories.an_account(connection, "Hengli Machinery", industry="Food", prior_customer=True)
        account_profiles.publish_at_once(connection, customer.id, by=REP, at=START, relationship_strength=4)
        add_contacts(connection, customer.id)
        year = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "status": "active"}
        plan = account_plans.create(connection, customer.id, REP, "2026", by=REP, at=START, **year)
        objective = {"type": "revenue", "measure": "Revenue", "target": Decimal(900_000), "due": date(2026, 12, 31)}
        plan_objectives.set_all(connection, plan, [{**objective, "owner": REP}], by=REP, at=START)
        return account_plans.by_id(connection, plan).number


def a_tender_comes_in(story: Story) -> None:
    """A request that marketing enters becomes an opportunity of the rep, and its customer a record."""
    marketing = story.start(MARKETING, "lead-management")
    picture(marketing, "01-capture-lead")
    story.send(fill(marketing, **ANNOUNCED))
    rep = story.take(REP, "Register opportunity")
    expect(rep.page.locator("[name=need]")).to_have_value(NEED)
    picture(rep, "02-register-opportunity")
    story.send(fill(rep, name="Third line", est_amount="800000", est_close_date="2026-12-01", sales_mode="complex"))


def it_is_qualified(story: Story) -> None:
    """Pre-qualified by the rep, assessed with an expert and operations."""
    story.do(REP, "Answer pre-qualification questions", **YES, fit="fit", evidence=SAID)
    told = page(story).section("Who did what when")
    expect(told).to_contain_text("on this is about OPP-1001")
    expect(story.at(REP).section("Facts")).to_contain_text("Complex sale")
    facts: dict[str, Any] = {"non_standard_terms": "false"}
    for name in assessment.CRITERIA:
        facts |= {name: "4", f"{name}_evidence": SAID}
    rep = story.take(REP, "Collect facts")
    fill(rep, **facts, max_discount_pct="5")
    picture(rep, "03-collect-facts")
    story.send(rep)
    blockers = [{"text": "No interface yet", "severity": "fixable"}, {"text": "Low hall", "severity": "fixable"}]
    view = "Expert view of fit and delivery risk"
    story.do(EXPERT, view, solution_fit="4", delivery_risk="2", blockers=blockers)
    story.do(OPERATIONS, "Credit standing", credit_standing="good", credit_limit="900000")
    rep = story.take(REP, "Confirm or override")
    picture(rep, "04-confirm-assessment")
    expect(rep.section("Score and recommendation")).to_contain_text("Exp.Ann")
    expect(rep.page.locator("main")).to_contain_text("Low hall")
    story.send(fill(rep, conditions=[{"condition": "Interface built"}, {"condition": "Hall measured"}]))


def it_is_prioritised(story: Story) -> None:
    """The rep rates it, the manager approves: it is in the pipeline."""
    review = {**REVIEW, "plan_alignment": "in_plan"}
    story.do(REP, "Review Individual Pipeline & Key Customer Plans", **review)
    rep = story.take(REP, "Identify Opportunity Priority")
    fill(rep, **dict.fromkeys(RATINGS, "5"), priority="high", override_reason="Big.")
    picture(rep, "05-priority")
    story.send(rep)
    story.do(MANAGER, "Review Opportunity Priority", decision="approve", comment="Go on.")
    story.do(REP, "Update Opportunity Profile", **{**PROFILE, "amount": "800000"})
    expect(page(story).page.get_by_role("heading", level=1)).to_contain_text("In the pipeline")


def four_people_plan_it(story: Story) -> Planning:
    """Sections for four people; all write at the same time; one section has to be done again."""
    deal = the_deal(story)
    work = Planning.of(story.company, deal, story.running(deal.business_key, PLAN))
    work.amount = "800000"
    work.study()
    with story.company.database.read() as connection:
        required = opportunity_plans.of(connection, deal).required_sections
    rows = [
        {"section": section, "assignee": TEAM[at % 4], "expertise": "Lines", "due": "2026-09-25"}
        for at, section in enumerate(required)
    ]
    assigning = story.take(REP, "Assign Opportunity Plan Sections to Sales Team")
    fill(assigning, sections=rows, lead_rep=REP, new_members=[EXPERT, COLLEAGUE, MANAGER])
    picture(assigning, "06-assign-sections")
    story.send(assigning)
    for login in TEAM:
        story.do(login, INPUT, input=f"What {login} knows.", confidence="4")
    expect(page(story).section("What waits").get_by_text("Provide Input to Plan")).to_have_count(len(required) - 4)
    picture(story.at(REP), "07-planning")
    work.fill()
    gap = [{"section": "value", "what": "Proof of the saving", "owner": COLLEAGUE, "due": "2026-09-30"}]
    complete = story.take(OPERATIONS, "Ensure Opportunity Plan is Complete")
    picture(complete, "08-plan-complete")
    story.send(fill(complete, plan_complete="false", missing=gap))
    expect(story.at(COLLEAGUE).open("/notices/").page.locator("main")).to_contain_text("Proof of the saving")
    work.fill(value={"business_case": [{"benefit": "Less scrap", "annual_value": "40000"}], "cost": "20000"})
    work.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
    work.agree()
    return work


def it_is_quoted(story: Story) -> None:
    """A discount of a fifth is for the level above the line manager to approve."""
    item = a_product(story.company)
    rep = page(story).press("Quote Approval")
    fill(rep, lines=[line(item, 10, 20, "100000")], **TERMS, justification="They buy for years.")
    picture(rep, "09-quote")
    story.send(rep)
    regional = story.take(REGIONAL, "Approve quote")
    expect(regional.section("What is asked")).to_contain_text("Lin.Wei")
    expect(regional.section("What is asked")).to_contain_text("2")
    picture(regional, "10-approve-quote")
    story.send(fill(regional, decision="approve", comment="For this once."))
    expect(page(story).section("Approvals")).to_contain_text("Wang.Min")
    expect(story.at(REP).section("Approvals")).to_contain_text("For this once.")
    story.do(REP, "Record customer's answer", answer="accepted", note="Fine.")


def it_is_won_and_ordered(story: Story, work: Planning) -> None:
    """The customer said yes: outcome, reasons, and the order from the quote."""
    work.track(customer_decision="won", status="done")
    work.run.complete("follow_up_gaps", REP)
    story.do(REP, "Propose outcome", outcome="won", actual_amount="800000", reason_codes=["W01"])
    reasons = [{"reason_code": "W01", "weight": "60"}, {"reason_code": "W03", "weight": "40"}]
    rep = story.take(REP, "Win analysis")
    fill(rep, win_reasons=reasons, decisive_factor="Uptime", enter_order="true")
    picture(rep, "11-win-analysis")
    story.send(rep)
    story.do(EXPERT, "Win/loss review with team", findings="The reference visit decided it.")
    ordering = story.take(REP, "Enter opportunity order")
    expect(ordering.page.locator('[name="order_lines.0.price"]')).to_have_value("100000.00")
    picture(ordering, "12-enter-order")
    fill(ordering, order_no="PO-7")
    story.send(fill(ordering, **{"order_lines.0.delivery_date": "2026-10-01"}))


def it_is_delivered_late(story: Story) -> None:
    """The day of delivery passes: the rep is asked, says why, and a day later everything has arrived."""
    story.pass_time(timedelta(days=17))
    rep = story.take(REP, "Handle delay")
    expect(rep.page.locator("main")).to_contain_text("Press line")
    picture(rep, "13-delay")
    story.send(fill(rep, cause="Strike at the harbour", customer_informed="true", new_date="2026-10-20"))
    everything_arrives(story)
    story.do(REP, "Confirm follow-up work done", all_done="true")


def everything_arrives(story: Story) -> None:
    """Operations enter on the page of the order what was shipped, invoiced and paid; its tracking hears at once."""
    operations = story.at(OPERATIONS).open("/records/order/ORD-0001")
    picture(operations, "14-order")
    for part in ("order_line", "order_execution"):
        with operations.page.expect_navigation():
            operations.page.locator(f'main a[href^="/records/{part}/"]').first.click()
    operations.follow("Change")
    fill(operations, shipped="10", invoiced="10", received_amount="800000")
    picture(operations, "15-shipment")
    operations.press("Save")
    story.work()
    expect(story.at(OPERATIONS).open("/records/order/ORD-0001").page.locator("main")).to_contain_text("Complete")


def test_a_tender_is_won_delivered_late_and_closed_and_the_plans_follow(story: Story) -> None:
    plan = a_customer_with_a_plan(story.company)
    switch(story.company)
    a_tender_comes_in(story)
    it_is_qualified(story)
    it_is_prioritised(story)
    work = four_people_plan_it(story)
    it_is_quoted(story)
    it_is_won_and_ordered(story, work)
    it_is_delivered_late(story)

    rep = page(story)
    expect(rep.page.get_by_role("heading", level=1)).to_contain_text("Closed")
    expect(rep.section("Who did what when")).to_contain_text("Lin.Wei finished “Handle delay”")
    picture(rep, "16-closed")
    expect(story.at(REP).open(f"/records/account_plan/{plan}").page.locator("main")).to_contain_text("800,000")
    picture(rep, "17-account-plan")
    expect(rep.open("/pipeline").page.locator("main")).not_to_contain_text("Third line")
    picture(rep, "18-pipeline")
