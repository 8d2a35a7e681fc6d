"""Lead Management, from end to end: the test paths of the catalogue."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crm import accounts, contacts, files, leads, opportunities
from crm.leads import Lead
from crm.opportunities import Opportunity
from crm.tables import opportunity_document
from engine import handovers, inbox, instances, notices, schedules, worker
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, Company, any_company, company
from tests.crm import factories

__all__ = ["any_company", "company"]

KEY = "lead-management"
MARKETING, OTHER_REP = "mkt.bo", "rao.mei"
INQUIRY: Mapping[str, str] = {
    "company": "Hengli Machinery",
    "contact_name": "Zhou Ning",
    "phone_or_email": "zhou@hengli.example",
    "source": "referral",
    "need": "A third line",
    "rfp": "false",
}
TENDER: Mapping[str, str] = {**INQUIRY, "source": "rfp", "rfp": "true"}


def begin(company: Company, inquiry: Mapping[str, Any]) -> Run:
    run = company.start(KEY, f"user:{MARKETING}", actor=MARKETING)
    run.complete("capture_lead", MARKETING, **inquiry)
    return run


def a_customer(company: Company, **fields: Any) -> accounts.Account:
    with company.database.write() as transaction:
        return factories.an_account(transaction.connection, INQUIRY["company"], **fields)


def the_lead(run: Run) -> Lead:
    with run.kit.database.read() as connection:
        return leads.get(connection, run.variables["lead_number"])


def the_deal(run: Run) -> Opportunity:
    with run.kit.database.read() as connection:
        return opportunities.get(connection, run.variables["opportunity_number"])


def files_key(company: Company, file_id: int) -> str:
    with company.database.read() as connection:
        return files.get(connection, file_id).business_key


def test_a_tender_in_time_goes_on_the_fast_track(any_company: Company) -> None:
    with any_company.database.write() as transaction:
        content = (f"user:{MARKETING}", "tender.pdf", "application/pdf", b"%PDF")
        file = files.store(transaction.connection, *content, by=MARKETING, at=any_company.clock.now())
    run = begin(any_company, {**TENDER, "rfp_due_date": "2026-10-20", "document": [file.answer]})

    assert run.ended_at("off_pre_qualify")
    lead, deal = the_lead(run), the_deal(run)
    assert (lead.status, lead.decision, lead.pursue_decision, lead.score) == ("converted", "pursue", "pursue", 75)
    assert (deal.status, deal.fast_track, deal.pursue_decision, deal.sales_mode) == ("draft", True, "pursue", "tender")
    assert (deal.owner, lead.opportunity_id) == (lead.owner, deal.id)
    with any_company.database.read() as connection:
        customer = accounts.by_id(connection, deal.account_id)
        (person,) = contacts.listing(connection, customer.id)
        papers = connection.execute(select(opportunity_document.c.kind, opportunity_document.c.file_name)).all()
        (handed,) = handovers.of_record(connection, deal.business_key)
    assert (customer.name, customer.status) == ("Hengli Machinery", "provisional")
    assert (person.name, person.email, deal.primary_contact_id) == ("Zhou Ning", "zhou@hengli.example", person.id)
    assert ([tuple(paper) for paper in papers], files_key(any_company, file.id)) == (
        [("rfp", "tender.pdf")],
        lead.business_key,
    )
    assert (handed.target_key, run.row()["business_key"]) == ("pre-qualify-opportunity", deal.business_key)


def test_a_short_notice_tender_is_pursued_when_the_manager_approves(company: Company) -> None:
    a_customer(company, owner="lin.wei", prior_customer=True)
    run = begin(company, {**TENDER, "rfp_due_date": "2026-09-20"})
    assert run.open_tasks() == ["decide_pursuit_early"]
    assert run.variables["rfp_days_left"] == 4

    run.complete("decide_pursuit_early", MANAGER, decision="approve", rationale="We know them.")

    assert run.ended_at("off_pre_qualify")
    assert (the_lead(run).pursue_decision, the_deal(run).fast_track, the_deal(run).owner) == ("pursue", True, "lin.wei")


def test_a_short_notice_tender_is_rejected_when_the_manager_refuses(company: Company) -> None:
    a_customer(company, owner="lin.wei")
    run = begin(company, {**TENDER, "rfp_due_date": "2026-09-20"})
    with pytest.raises(InvalidForm) as refused:
        run.complete("decide_pursuit_early", MANAGER, decision="reject", rationale="No time.")
    assert list(refused.value.errors) == ["comment"]

    run.complete("decide_pursuit_early", MANAGER, decision="reject", rationale="No time.", comment="Thank them.")
    run.complete("reject_lead", MARKETING, reject_reason="R05", reply_to_sender="true")

    assert run.ended_at("end_rejected")
    assert (the_lead(run).status, the_lead(run).pursue_decision) == ("rejected", "no")
    with company.database.read() as connection:
        directory = company.engine.directory(connection)
        offered = inbox.tasks(connection, directory, MARKETING, company.clock.now(), scope="groups")
    assert ["Reply to Zhou Ning, Hengli Machinery"] == [str(row.warning) for row in offered if row.kind == "warning"]


def test_a_weak_tender_is_not_bid_for(company: Company) -> None:
    run = begin(company, {**TENDER, "need": "", "rfp_due_date": "2026-10-20"})

    assert (run.open_tasks(), the_lead(run).decision) == (["reject_lead"], "no_bid")


def test_a_good_lead_of_a_customer_is_converted_for_the_owner_of_the_account(company: Company) -> None:
    customer = a_customer(company, owner=OTHER_REP)
    run = begin(company, INQUIRY)

    assert run.ended_at("off_pre_qualify")
    deal = the_deal(run)
    assert (deal.account_id, deal.owner, deal.fast_track, deal.pursue_decision) == (
        customer.id,
        OTHER_REP,
        False,
        None,
    )
    assert the_lead(run).decision == "convert"


def test_a_lead_that_is_not_ripe_is_nurtured_and_begins_anew_after_ninety_days(company: Company) -> None:
    run = begin(company, {**INQUIRY, "source": "event"})
    assert run.ended_at("end_nurtured")
    lead = the_lead(run)
    assert (lead.status, lead.decision, str(lead.revisit_date)) == ("nurture", "nurture", "2026-12-15")

    company.clock.set(company.clock.now() + timedelta(days=90))
    with company.database.read() as connection:
        assert leads.to_revisit(connection, company.clock.now().date()) == (lead.business_key,)
    schedules.run_now(company.engine, "nurtured_leads")
    worker.run_due(company.engine)
    with company.database.read() as connection:
        again = Run(company, instances.for_record(connection, lead.business_key)[0].id)
    assert again.instance_id != run.instance_id
    assert the_lead(again).status == "new"
    a_customer(company)
    again.complete("capture_lead", MARKETING, **INQUIRY)

    assert again.ended_at("off_pre_qualify")
    assert the_lead(again).number == lead.number


def test_a_lead_said_before_is_found_and_discarded(company: Company) -> None:
    first = begin(company, {**INQUIRY, "source": "event"})

    run = begin(company, {**INQUIRY, "company": "HENGLI Machinery Co., Ltd."})

    assert run.open_tasks() == ["reject_lead"]
    assert (the_lead(run).duplicate_of, the_lead(run).score) == (the_lead(first).number, 0)
    run.complete("reject_lead", MARKETING, reject_reason="R01")
    assert run.ended_at("end_rejected")


def test_a_tender_that_is_overdue_already_is_refused_on_the_form(company: Company) -> None:
    run = company.start(KEY, f"user:{MARKETING}", actor=MARKETING)

    with pytest.raises(InvalidForm) as refused:
        run.complete("capture_lead", MARKETING, **{**TENDER, "rfp_due_date": "2026-09-15"})

    assert str(refused.value.errors["rfp_due_date"]) == "Expected a day from 2026-09-16 on, but got 2026-09-15."
    assert run.open_tasks() == ["capture_lead"]


def test_an_untouched_lead_is_told_to_the_managers_and_stays_open(company: Company) -> None:
    run = company.start(KEY, f"user:{MARKETING}", actor=MARKETING)

    run.pass_time(timedelta(days=3, hours=1))

    assert run.open_tasks() == ["capture_lead"]
    assert "notify_manager" in run.path()
    with company.database.read() as connection:
        reminded = [str(one.sentence) for one in notices.for_user(connection, MARKETING)]
        told = [str(one.sentence) for one in notices.for_user(connection, MANAGER)]
    assert any(text.startswith("A task is due") for text in reminded)
    assert any("not been captured for three days" in text for text in told)


def test_a_missing_lead_is_linked_by_operations(company: Company) -> None:
    there = the_lead(begin(company, {**INQUIRY, "source": "event"}))
    run = company.start(KEY, "lead:LEAD-9999", actor=MARKETING)
    (task,) = run.open_tasks()

    with pytest.raises(InvalidForm):
        run.complete(task, OPERATIONS, resolution="link_existing", record_ref="LEAD-8888", note="Typing error.")
    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=there.number, note="Typing error.")

    assert run.open_tasks() == ["capture_lead"]
    assert run.variables["company"] == there.company


def test_a_lead_whose_process_was_stopped_before_its_end_is_decided_again(company: Company) -> None:
    run = begin(company, {**TENDER, "need": "", "rfp_due_date": "2026-10-20"})
    instances.cancel(company.engine, run.instance_id, OPERATIONS, "Began by mistake.")
    assert the_lead(run).status == "scored"

    again = company.start(KEY, the_lead(run).business_key, actor=MARKETING)
    again.complete("capture_lead", MARKETING, **{**TENDER, "rfp_due_date": "2026-10-20"})

    assert again.ended_at("off_pre_qualify")
    assert the_lead(again).status == "converted"
