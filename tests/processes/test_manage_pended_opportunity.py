"""Manage Pended Opportunity, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta

import pytest

from crm.opportunities import Opportunity
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "manage-pended-opportunity"
MONTH = timedelta(days=31)


def put_off(company: Company) -> tuple[Opportunity, Run]:
    """An opportunity that waits for capacity until the middle of October."""
    deal = company.opportunity()
    given = {"defer_reason": "no_capacity", "resume_date": date(2026, 10, 16), "resume_note": "A team is free then."}
    return deal, company.start(KEY, deal.business_key, actor=REP, **given)


def extend(run: Run, until: str) -> None:
    run.complete("ask_resume", REP, resume_action="extend", new_resume_date=until, reason="Still nobody.")


def test_at_its_date_the_opportunity_is_taken_up_again(any_company: Company) -> None:
    deal, run = put_off(any_company)
    assert any_company.now(deal).status == "pended"

    run.pass_time(timedelta(days=29))
    assert run.open_tasks() == []
    run.pass_time(timedelta(days=1))
    run.complete("ask_resume", REP, resume_action="resume", reason="The team is free.")

    assert run.ended_at("off_prioritize")
    assert any_company.now(deal).status == "assessed"
    assert any_company.running(deal, "prioritize-opportunity").open_tasks() == ["review_pipeline_and_plans"]


def test_a_customer_who_comes_back_early_has_it_looked_at_before_its_date(any_company: Company) -> None:
    deal, run = put_off(any_company)

    sent = run.message("customer.reengaged", text="They found the budget.")
    run.complete("ask_resume", REP, resume_action="resume", reason="They called.")
    run.pass_time(MONTH)

    assert sent.instances == (run.instance_id,)
    assert run.path().count("ask_resume") == 1
    assert any_company.now(deal).status == "assessed"


def test_a_third_extension_needs_the_manager_whose_refusal_ends_it(any_company: Company) -> None:
    deal, run = put_off(any_company)

    run.pass_time(MONTH)
    extend(run, "2026-11-16")
    run.pass_time(MONTH)
    extend(run, "2026-12-16")
    assert run.variables["extension_count"] == 2
    run.pass_time(MONTH)
    extend(run, "2027-01-15")
    assert run.open_tasks() == ["confirm_extension"]
    run.complete("confirm_extension", MANAGER, decision="reject", comment="Nobody waits that long.")

    assert run.ended_at("off_close")
    closing = any_company.running(deal, "close-opportunity")
    assert closing.variables["proposed_outcome"] == "cancelled"
    assert closing.variables["reason"] == "Nobody waits that long."


def test_a_third_extension_that_is_approved_takes_effect_then(company: Company) -> None:
    _, run = put_off(company)
    for until in ("2026-11-16", "2026-12-16", "2027-01-15"):
        run.pass_time(MONTH)
        extend(run, until)
    assert run.variables["extension_count"] == 2

    run.complete("confirm_extension", MANAGER, decision="approve")

    assert run.variables["extension_count"] == 3
    run.pass_time(MONTH)
    assert run.open_tasks() == ["ask_resume"]


def test_what_is_dropped_at_its_date_is_closed_with_the_reason(any_company: Company) -> None:
    deal, run = put_off(any_company)
    run.pass_time(MONTH)

    run.complete("ask_resume", REP, resume_action="drop", reason="They bought elsewhere.")

    assert run.ended_at("off_close")
    assert any_company.running(deal, "close-opportunity").variables["reason"] == "They bought elsewhere."


def test_a_wish_to_drop_it_ends_the_waiting_at_once(company: Company) -> None:
    deal, run = put_off(company)

    run.message("drop.requested")

    assert run.ended_at("off_close")
    assert company.running(deal, "close-opportunity").variables["reason"] == "dropped while deferred"


def test_what_key_account_planning_keeps_and_is_dropped_is_closed_by_it(company: Company) -> None:
    deal = company.opportunity()
    given = {"defer_reason": "bad_timing", "resume_date": date(2026, 10, 16), "resume_note": "After the fair."}
    area = company.start("area-key-account-planning", deal.business_key, entry_reason="deferred_opportunity", **given)
    area.pass_time(MONTH)

    area.complete("ask_resume", REP, resume_action="drop", reason="The fair was cancelled.")

    assert area.ended_at("off_close")
    assert company.running(deal, "close-opportunity").variables["reason"] == "The fair was cancelled."


def test_a_date_beyond_the_longest_time_of_the_reason_is_refused(company: Company) -> None:
    _, run = put_off(company)
    run.pass_time(MONTH)

    with pytest.raises(InvalidForm, match="new_resume_date"):
        extend(run, "2027-12-01")

    assert run.open_tasks() == ["ask_resume"]
