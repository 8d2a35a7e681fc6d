"""3.3.1.1.4 Review Account Plan, from end to end: the test paths of the catalogue."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm import plan_reviews
from crm.account_plans import AccountPlan
from crm.plan_reviews import PlanReview
from engine import approvals
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_plan, an_account, plan_now
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "review-account-plan"
FULL_MARKS = {
    "customer_environment": "20",
    "financials": "10",
    "relationship": "25",
    "strategy_execution": "20",
    "resources": "10",
    "learning": "15",
}
CHANGE = {"section": "Actions", "change": "Visit plant 2 first.", "owner": REP}


def begin(company: Company, tier: str = "GROWTH", **fields: Any) -> tuple[Run, AccountPlan]:
    plan = a_plan(company, an_account(company, tier=tier), **fields)
    return company.start(KEY, plan.business_key, actor=REP), plan


def reviewed(run: Run, *changes: dict[str, str]) -> None:
    run.complete("schedule_review", REP, review_date="2026-09-21T10:00:00+08:00", reviewers=["exp.ann", "zhao.lei"])
    run.complete("review_by_peers", "exp.ann", **FULL_MARKS, comments="Convincing.")
    run.complete("review_by_peers", "zhao.lei", **FULL_MARKS | {"relationship": "10"}, comments="Nobody at plant 2.")
    run.complete("hold_review", REP, minutes="Plant 2 comes first.", changes=list(changes))


def the_review(company: Company, plan: AccountPlan) -> PlanReview:
    with company.database.read() as connection:
        return plan_reviews.of_plan(connection, plan.id)[0]


def test_a_plan_is_scored_and_approved(any_company: Company) -> None:
    run, plan = begin(any_company)
    assert plan_now(any_company, plan).status == "in_review"
    reviewed(run)

    run.complete("decide_on_plan", MANAGER, decision="approve")

    assert run.ended_at("end_returned") and run.variables["review_result"] == "approved"
    assert "apply_changes" not in run.path()
    review, now = the_review(any_company, plan), plan_now(any_company, plan)
    assert (review.quality_score, review.result, review.decided_by) == (Decimal("92.50"), "approved", MANAGER)
    assert (now.status, now.approved_at is not None) == ("approved", True)
    assert run.events("plan.approved")


def test_agreed_changes_are_ticked_off_before_the_approval_counts(company: Company) -> None:
    run, plan = begin(company)
    reviewed(run, CHANGE)
    run.complete("decide_on_plan", MANAGER, decision="approve", with_changes="true", comment="With plant 2 first.")
    assert run.open_tasks() == ["apply_changes"]

    with pytest.raises(InvalidForm) as refused:
        run.complete("apply_changes", REP, applied=[{"done": "false"}])
    assert list(refused.value.errors) == ["applied.0.done"]
    run.complete("apply_changes", REP, applied=[{"done": "true"}], vision="Plant 2 first.")

    assert run.ended_at("end_returned")
    assert the_review(company, plan).changes == [CHANGE | {"done": True}]
    now = plan_now(company, plan)
    assert (now.status, now.vision) == ("approved", "Plant 2 first.")


def test_a_plan_to_be_reworked_is_a_draft_again(company: Company) -> None:
    run, plan = begin(company)
    reviewed(run)

    with pytest.raises(InvalidForm) as refused:
        run.complete("decide_on_plan", MANAGER, decision="reject")
    assert sorted(refused.value.errors) == ["comment", "reject_kind"]
    run.complete("decide_on_plan", MANAGER, decision="reject", reject_kind="rework", comment="No numbers.")

    assert run.variables["review_result"] == "rework"
    assert (plan_now(company, plan).status, the_review(company, plan).result) == ("draft", "rework")


def test_a_stopped_plan_is_retired(company: Company) -> None:
    run, plan = begin(company)
    reviewed(run)

    run.complete("decide_on_plan", MANAGER, decision="reject", reject_kind="stop", comment="We leave this market.")

    assert run.variables["review_result"] == "rejected"
    assert plan_now(company, plan).status == "retired"


def test_missing_scores_do_not_hold_the_review_up(company: Company) -> None:
    run, plan = begin(company)
    run.complete("schedule_review", REP, review_date="2026-09-21T10:00:00+08:00", reviewers=["exp.ann", "zhao.lei"])
    run.complete("review_by_peers", "exp.ann", **FULL_MARKS, comments="Convincing.")

    run.pass_time(timedelta(days=5))

    assert run.open_tasks() == ["hold_review"]
    run.complete("hold_review", REP, minutes="One score only.")
    assert the_review(company, plan).quality_score == 100


def test_a_short_plan_goes_without_reviewers_and_a_silent_manager_is_passed_over(company: Company) -> None:
    run, plan = begin(company, depth="short")
    assert run.open_tasks() == ["hold_review"] and run.events("task.skipped")
    run.complete("hold_review", REP, minutes="Short plan.")

    run.pass_time(timedelta(days=4))

    with company.database.read() as connection:
        asked = [(row["level"], row["state"]) for row in approvals.of_record(connection, plan.business_key)]
    assert asked == [(2, "open"), (1, "escalated")]
    run.complete("decide_on_plan", REGIONAL, decision="approve")
    assert plan_now(company, plan).status == "approved"


def test_a_large_budget_and_a_key_account_go_to_the_regional_manager(company: Company) -> None:
    for tier, budget in (("GROWTH", "50000"), ("KEY", "100")):
        run, _ = begin(company, tier, budget=Decimal(budget))
        reviewed(run)
        assert run.variables["approval_level"] == 2
        run.complete("decide_on_plan", REGIONAL, decision="approve")


def test_the_owner_reviews_not_the_own_plan(company: Company) -> None:
    run, _ = begin(company)

    with pytest.raises(InvalidForm) as refused:
        run.complete("schedule_review", REP, review_date="2026-09-21T10:00:00+08:00", reviewers=[REP])

    assert list(refused.value.errors) == ["reviewers"]


def test_without_a_plan_operations_are_asked(company: Company) -> None:
    run = company.start(KEY, "account_plan:APL-9999", actor=REP)
    (task,) = run.open_tasks()

    run.complete(task, OPERATIONS, resolution="cancel", note="Nothing to review.")

    assert run.ended_at("end_cancelled")
