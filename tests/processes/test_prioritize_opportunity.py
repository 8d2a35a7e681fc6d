"""3.3.3.4.3 Prioritize Opportunity, from end to end: the test paths T1 to T10 of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from crm import pended, pursue
from crm.opportunities import Opportunity
from crm.tables import forecast_line
from engine import approvals, handovers, inbox, user_tasks
from engine.errors import InvalidForm
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "prioritize-opportunity"
RATINGS = {
    name: "4"
    for name in ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship")
}
PURSUE = {"capacity_ok": "true", "plan_alignment": "in_plan", "pursue_decision": "pursue", "pursue_rationale": "Fits."}


def begin(company: Company, deal: Opportunity) -> Run:
    return company.start(KEY, deal.business_key, actor=REP)


def prioritize(run: Run, priority: str | None = None) -> None:
    chosen = priority or run.variables["suggested_priority"]
    answers: dict[str, Any] = {**RATINGS, "priority": chosen}
    if chosen != run.variables["suggested_priority"]:
        answers["override_reason"] = "We know this customer."
    run.complete("identify_priority", REP, **answers)


def reject(run: Run, return_to: str = "priority") -> None:
    run.complete("review_priority", MANAGER, decision="reject", return_to=return_to, comment="Not yet.")


def update_profile(run: Run, **more: str) -> None:
    answers = {
        "expected_close_date": "2026-12-20",
        "amount": "65000",
        "win_probability": "70",
        "next_step": "Send the plan",
        "next_step_date": "2026-10-01",
    } | more
    run.complete("update_opportunity_profile", REP, **answers)


def test_t1_a_minor_deal_is_pursued_without_approval(any_company: Company) -> None:
    deal = any_company.opportunity(amount=Decimal("60000"))
    run = begin(any_company, deal)

    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)
    update_profile(run)

    assert run.ended_at("off_opportunity_plan")
    assert "review_priority" not in run.path()
    now = any_company.now(deal)
    assert (now.status, now.stage, now.amount, now.next_step) == (
        "active",
        "complex.prioritised",
        Decimal("65000"),
        "Send the plan",
    )
    assert now.confirmed_at is not None and now.pipeline_entry_at is not None and now.segment is not None
    with any_company.database.read() as connection:
        (waiting,) = handovers.of_record(connection, deal.business_key)
        line = connection.execute(select(forecast_line.c.probability)).scalars().all()
    assert (waiting.target_key, waiting.state) == ("develop-update-opportunity-plan", "started")
    assert line


def test_t2_a_major_deal_needs_the_line_manager(any_company: Company) -> None:
    deal = any_company.opportunity(amount=Decimal("800000"))
    run = begin(any_company, deal)
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)
    assert run.open_tasks() == ["review_priority"]

    run.complete("review_priority", MANAGER, decision="approve")

    assert run.open_tasks() == ["update_opportunity_profile"]
    now = any_company.now(deal)
    assert (now.status, now.priority_confirmed_by) == ("active", MANAGER)


def test_t3_a_refusal_goes_back_to_the_priority_with_the_comment(company: Company) -> None:
    run = begin(company, company.opportunity(amount=Decimal("800000")))
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    reject(run)

    assert run.open_tasks() == ["identify_priority"]
    assert run.variables["manager_comment"] == "Not yet."
    prioritize(run)
    run.complete("review_priority", MANAGER, decision="approve")
    assert run.open_tasks() == ["update_opportunity_profile"]


def test_t4_a_refusal_of_the_pursuit_goes_back_to_the_review_and_may_defer(company: Company) -> None:
    deal = company.opportunity(amount=Decimal("800000"))
    run = begin(company, deal)
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    reject(run, "pursuit")
    assert run.open_tasks() == ["review_pipeline_and_plans"]
    run.complete("review_pipeline_and_plans", REP, **{**PURSUE, "pursue_decision": "defer"})
    run.complete("defer_opportunity", REP, defer_reason="no_budget", resume_date="2026-12-01", resume_note="New budget")

    assert run.ended_at("off_key_account_planning")
    assert company.now(deal).status == "pended"


def test_the_next_step_of_a_prioritized_deal_lies_ahead(company: Company) -> None:
    run = begin(company, company.opportunity(amount=Decimal("60000")))
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    with pytest.raises(InvalidForm) as refused:
        update_profile(run, next_step_date="2026-09-01")

    assert list(refused.value.errors) == ["next_step_date"]


def test_t5_no_hands_over_to_closing_with_the_reason(company: Company) -> None:
    deal = company.opportunity()
    run = begin(company, deal)

    answers = {**PURSUE, "pursue_decision": "no", "not_pursued_reason": "Q02"}
    run.complete("review_pipeline_and_plans", REP, **answers)

    assert run.ended_at("off_close_opportunity")
    with company.database.read() as connection:
        (waiting,) = handovers.of_record(connection, deal.business_key)
        (decision,) = pursue.listing(connection, deal.id)
    assert (waiting.target_key, waiting.state) == ("close-opportunity", "started")
    assert (decision.decision, decision.reason_code) == ("no", "Q02")
    proposed = company.running(deal, "close-opportunity").variables
    assert (proposed["proposed_outcome"], proposed["reason_codes"]) == ("disqualified", ["Q02"])


def test_t5_no_without_a_reason_is_refused(company: Company) -> None:
    run = begin(company, company.opportunity())

    with pytest.raises(InvalidForm) as refused:
        run.complete("review_pipeline_and_plans", REP, **{**PURSUE, "pursue_decision": "no"})

    assert list(refused.value.errors) == ["not_pursued_reason"]


def test_t6_a_deferred_deal_comes_back_at_its_date_and_becomes_active(any_company: Company) -> None:
    deal = any_company.opportunity()
    run = begin(any_company, deal)
    run.complete("review_pipeline_and_plans", REP, **{**PURSUE, "pursue_decision": "defer"})
    run.complete(
        "defer_opportunity", REP, defer_reason="bad_timing", resume_date="2026-11-02", resume_note="After the fair"
    )
    waiting = any_company.running(deal, "area-key-account-planning")
    assert waiting.open_tasks() == []

    waiting.pass_time(timedelta(days=46))
    assert waiting.open_tasks() == []
    waiting.pass_time(timedelta(days=1))
    assert waiting.open_tasks() == ["ask_resume"]
    waiting.complete("ask_resume", REP, resume_action="resume", reason="Budget is there.")

    again = any_company.running(deal, KEY)
    assert again.instance_id != run.instance_id
    assert again.open_tasks() == ["review_pipeline_and_plans"]
    again.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(again)
    assert any_company.now(deal).status == "active"


def test_t6_a_warning_that_nobody_read_yet_does_not_keep_a_resumed_deal_from_its_review(company: Company) -> None:
    deal = company.opportunity(profile=False)
    run = begin(company, deal)
    run.complete("review_pipeline_and_plans", REP, **{**PURSUE, "pursue_decision": "defer"})
    run.complete("defer_opportunity", REP, defer_reason="bad_timing", resume_date="2026-11-02", resume_note="The fair")
    waiting = company.running(deal, "area-key-account-planning")
    waiting.pass_time(timedelta(days=47))
    assert run.open_tasks() == ["load_context"]

    waiting.complete("ask_resume", REP, resume_action="resume", reason="Budget is there.")

    assert "review_pipeline_and_plans" in company.running(deal, KEY).open_tasks()


def test_t6_without_a_date_the_usual_days_of_the_reason_count(company: Company) -> None:
    deal = company.opportunity()
    run = begin(company, deal)
    run.complete("review_pipeline_and_plans", REP, **{**PURSUE, "pursue_decision": "defer"})

    with pytest.raises(InvalidForm):
        run.complete(
            "defer_opportunity", REP, defer_reason="no_capacity", resume_date="2027-12-01", resume_note="Later"
        )
    run.complete("defer_opportunity", REP, defer_reason="no_capacity", resume_date="2026-10-16", resume_note="Later")

    with company.database.read() as connection:
        item = pended.get_waiting(connection, company.now(deal))
    assert item.resume_date == date(2026, 10, 16)


def test_t7_a_fast_track_skips_the_review_but_never_the_approval(company: Company) -> None:
    deal = company.opportunity(
        amount=Decimal("800000"), fast_track=True, rfp=True, pursue_decision="pursue", sales_mode="tender"
    )
    run = begin(company, deal)

    assert run.open_tasks() == ["identify_priority"]
    assert "review_pipeline_and_plans" not in run.path()
    prioritize(run)
    assert run.open_tasks() == ["review_priority"]


def test_t8_a_silent_manager_is_reminded_then_passed_over_never_approved(any_company: Company) -> None:
    deal = any_company.opportunity(amount=Decimal("800000"))
    run = begin(any_company, deal)
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    run.pass_time(timedelta(days=7))

    with any_company.database.read() as connection:
        found = [(row["level"], row["state"]) for row in approvals.of_record(connection, deal.business_key)]
    assert (1, "escalated") in found
    assert any_company.now(deal).status == "assessed"
    assert found[0] == (2, "open")
    run.complete("review_priority", REGIONAL, decision="approve")
    assert any_company.now(deal).priority_confirmed_by == REGIONAL


def test_t9_without_an_account_profile_it_goes_on_and_operations_are_warned(company: Company) -> None:
    run = begin(company, company.opportunity(profile=False))

    assert run.open_tasks() == ["load_context", "review_pipeline_and_plans"]
    assert (run.variables["relationship_strength"], run.variables["prior_customer"]) == (1, False)
    with company.database.read() as connection:
        directory = company.engine.directory(connection)
        offered = inbox.tasks(connection, directory, OPERATIONS, company.clock.now(), scope="groups")
    (warning,) = [row for row in offered if row.kind == "warning"]
    assert "Account profile missing" in str(warning.warning)
    user_tasks.complete(company.engine, warning.id, OPERATIONS, {"acknowledged": "true"})
    assert run.open_tasks() == ["review_pipeline_and_plans"]


def test_t10_a_credit_hold_forces_an_approval_with_a_special_decision(company: Company) -> None:
    deal = company.opportunity(customer={"credit_standing": "hold"})
    run = begin(company, deal)
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    assert run.variables["suggested_priority"] == "low"
    prioritize(run)
    assert run.open_tasks() == ["review_priority"]
    refused = {"special_decisions": [{"type": "credit", "decision": "reject"}], "decision": "approve"}

    with pytest.raises(InvalidForm):
        run.complete("review_priority", MANAGER, **refused)
    given = {"special_decisions": [{"type": "credit", "decision": "approve"}], "decision": "approve"}
    run.complete("review_priority", MANAGER, **given)

    assert run.open_tasks() == ["update_opportunity_profile"]


@pytest.mark.parametrize("amount", ["9" * 17, "9" * 39])
def test_an_amount_that_no_column_holds_is_refused_on_the_form(company: Company, amount: str) -> None:
    run = begin(company, company.opportunity(amount=Decimal("60000")))
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    with pytest.raises(InvalidForm) as refused:
        update_profile(run, amount=amount)

    assert "Expected at most 1,000,000,000,000" in str(refused.value.errors["amount"])
    assert run.open_tasks() == ["update_opportunity_profile"]


def test_a_missing_record_is_linked_by_operations(company: Company) -> None:
    deal = company.opportunity()
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="link_existing", record_ref=deal.business_key, note="Typing error.")

    assert run.open_tasks() == ["review_pipeline_and_plans"]
    assert run.variables["opportunity_name"] == deal.name


def test_a_missing_record_that_nobody_resolves_cancels_after_five_days(company: Company) -> None:
    run = company.start(KEY, "opportunity:OPP-9999", actor=REP)

    run.pass_time(timedelta(days=6))

    assert run.state == "completed" and "end_cancelled" in run.row()["outcome"]


def test_a_withdrawn_record_closes_all_open_work(company: Company) -> None:
    deal = company.opportunity(amount=Decimal("800000"))
    run = begin(company, deal)
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    run.message("record_withdrawn", reason="duplicate")

    assert run.open_tasks() == []
    assert run.state == "completed" and "end_cancelled" in run.row()["outcome"]
    with company.database.read() as connection:
        assert [row["state"] for row in approvals.of_record(connection, deal.business_key)] == ["withdrawn"]


def test_every_decision_of_a_run_says_which_rows_fired(company: Company) -> None:
    run = begin(company, company.opportunity())
    run.complete("review_pipeline_and_plans", REP, **PURSUE)
    prioritize(run)

    decided = {event.detail["decision"]: event.detail["rows"] for event in run.events("decision.evaluated")}

    assert {"amount_band", "opportunity_segment", "opportunity_priority", "approval_rule"} <= decided.keys()
    assert decided["amount_band"][0]["row"] == 1 and decided["amount_band"][0]["inputs"]
