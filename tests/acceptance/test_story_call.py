"""A sales call from its scheduling to the last follow-up, and on to the plan of its opportunity."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from crm import pursue
from tests.acceptance.desk import Clicked, Story, fill, picture
from tests.call_answers import ask, converse, define_agenda, one_pass, prepare_conversation, set_objectives
from tests.calls import COLLEAGUE, EXPERT, TOMORROW, Customer, a_customer, a_deal
from tests.company import REP, START

pytestmark = pytest.mark.browser

CALL = "sales_call:CALL-0001"
AREA = "Sales Call Planning and Execution"
AGREED = "2026-09-17T10:00"  # TOMORROW, on the clock of the rep


def it_is_agreed_and_prepared(story: Story, customer: Customer) -> Clicked:
    """The rep proposes two times, the customer takes the first; the call is prepared and its hour comes."""
    assert customer.deal is not None
    rep = story.at(REP).open(f"/opportunities/{customer.deal.number}").press(AREA)
    fill(rep, purpose="discovery", customer_reason="Their line stands still too often.")
    fill(rep, contacts=[customer.contact_key], channel="visit", opportunity=customer.deal.business_key)
    fill(rep, proposed_times=[{"time": AGREED}, {"time": "2026-09-18T14:00"}], our_attendees=[EXPERT])
    picture(rep, "31-choose-purpose")
    story.send(rep)
    rep = story.take(REP, "Record customer's answer")
    picture(rep, "32-answer")
    story.send(fill(rep, answer="confirmed", agreed_time=AGREED))
    run = story.running(CALL)
    set_objectives(run)
    prepare_conversation(run)
    picture(story.at(REP), "33-agenda")
    define_agenda(run, roles=[{"attendee": EXPERT, "role": "Technology"}])
    while "prepare_material" in run.open_tasks():
        run.complete("prepare_material", note="Data of three lines")
    story.pass_time(TOMORROW - story.company.clock.now() - timedelta(minutes=15))
    return run


def it_is_held(story: Story, customer: Customer, run: Clicked) -> None:
    """People come, talk, and agree on what each side does next."""
    rep = story.take(REP, "Confirm attendance")
    picture(rep, "34-attendance")
    present = [REP, customer.contact.number]
    story.send(fill(rep, present=present, key_person_present="true", actual_start=AGREED, continue_call="continue"))
    converse(run, "accepted")
    picture(story.at(REP), "35-talk")
    one_pass(run, time_left=False)
    ask(run, "full")
    rep = story.take(REP, "Agree next steps")
    ours = {"side": "us", "due": "2026-09-23"}
    theirs = {"action": "Name the line", "side": "customer", "contact": customer.contact.number, "due": "2026-09-23"}
    steps = [
        {"action": "Send the plan", **ours, "owner": EXPERT},
        {"action": "Call back", **ours, "owner": COLLEAGUE},
        theirs,
    ]
    fill(rep, next_steps=steps, next_call_wanted="false")
    picture(rep, "36-next-steps")
    story.send(rep)


def it_is_written_up_and_followed_up(story: Story) -> None:
    """The report, the summary for the customer, and what both sides promised."""
    rep = story.take(REP, "Complete report")
    fill(rep, objective_result="met", summary="They want a trial.", sentiment="4", new_opportunity="false")
    picture(rep, "37-report")
    story.send(rep)
    rep = story.take(REP, "Send summary to customer")
    expect(rep.page.locator("[name=message]")).to_have_value(re.compile(r"Send the plan \(Exp\.Ann\)"))
    expect(rep.section("What comes next")).to_contain_text("Do follow-ups")
    picture(rep, "38-summary")
    story.send(fill(rep, message="Thank you for the talk."))
    for login, action in ((EXPERT, "Send the plan"), (COLLEAGUE, "Call back")):
        desk = story.take(login, "Do follow-ups")
        expect(desk.page.locator("main")).to_contain_text(action)
        story.send(fill(desk, result="done"))
    rep = story.take(REP, "Check customer's commitments")
    expect(rep.page.locator("main")).to_contain_text("Name the line")
    picture(rep, "39-customer-side")
    story.send(fill(rep, customer_items=[{"done": "true"}]))


def test_a_call_is_scheduled_held_written_up_and_followed_up_by_both_sides(story: Story) -> None:
    customer = a_customer(story.company, deal=a_deal(50_000))
    assert customer.deal is not None
    with story.company.database.write() as transaction:
        connection = transaction.connection
        pursue.record(connection, customer.deal, "pursue", basis="pipeline", rationale="Fits.", by=REP, at=START)
    run = it_is_agreed_and_prepared(story, customer)
    it_is_held(story, customer, run)
    it_is_written_up_and_followed_up(story)

    rep = story.at(REP).open("/inbox")
    expect(rep.page.locator("main")).to_contain_text("Review Customer, Customer Segment Data & Industry Trends")
    rep.open(f"/records/{CALL.replace(':', '/')}")
    picture(rep, "40-call")
    expect(rep.page.locator("main")).to_contain_text("Closed")
    expect(rep.page.locator("main")).to_contain_text("They want a trial.")
    expect(rep.page.locator("main")).to_contain_text("Send the plan")
    rep.open(f"/opportunities/{customer.deal.number}")
    picture(rep, "41-opportunity")
    rep.open(f"/instances/{run.instance_id}")
    expect(rep.section("Who did what when")).to_contain_text("Exp.Ann finished “Do follow-ups”")
