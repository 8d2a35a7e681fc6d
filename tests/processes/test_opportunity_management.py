"""3.3.3.4 Opportunity Management and its stage 3.3.3.4.1 Qualify Opportunity: every way from start to end."""

from decimal import Decimal
from typing import Any

from crm import account_profiles, accounts, assessment, opportunities
from crm.accounts import Account
from crm.opportunities import Opportunity
from engine import handovers
from engine.testing import Run
from tests.company import MANAGER, REP, START, Company, any_company, company
from tests.crm import factories
from tests.processes.planning import Planning, add_contacts

__all__ = ["any_company", "company"]

AREA, STAGE = "area-opportunity-management", "stage-qualify-opportunity"
RATINGS = dict.fromkeys(
    ("r_revenue", "r_credit", "r_willingness", "r_target_client", "r_prior_business", "r_relationship"), "4"
)
YES = {"budget": "true", "authority": "true", "need_confirmed": "true", "timing": "true"}
NO = dict.fromkeys(YES, "false")


def a_customer(company: Company) -> Account:
    with company.database.write() as transaction:
        customer = factories.an_account(transaction.connection, "Hengli", industry="Food")
        account_profiles.publish_at_once(transaction.connection, customer.id, by=REP, at=START, relationship_strength=4)
        add_contacts(transaction.connection, customer.id)
    return customer


def register(run: Run, customer: Account, amount: str = "60000") -> None:
    sale = {
        "name": "Third line",
        "source": "customer",
        "need": "A third filling line",
        "est_amount": amount,
        "est_close_date": "2026-12-01",
        "sales_mode": "complex",
        "account": f"account:{customer.number}",
    }
    run.complete("register_opportunity", REP, **sale)


def answer(run: Run, answers: dict[str, str], fit: str = "fit") -> None:
    run.complete("answer_prequalification", **{**answers, "fit": fit, "evidence": "They said so."})


def assess(run: Run, word: str | None = None) -> None:
    answers: dict[str, Any] = {"non_standard_terms": "false", "max_discount_pct": "5", "competitors": []}
    for name in assessment.CRITERIA:
        answers |= {name: "4", f"{name}_evidence": "Seen."}
    run.complete("collect_assessment_facts", REP, **answers)
    reason = {} if word in (None, run.variables.get("recommendation")) else {"override_reason": "We know better."}
    run.complete("confirm_assessment", REP, final_recommendation=word or "pursue", **reason)


def pursue(run: Run, decision: str = "pursue", **more: str) -> None:
    answers = {"capacity_ok": "true", "plan_alignment": "in_plan", "pursue_rationale": "Fits."}
    run.complete("review_pipeline_and_plans", REP, **{**answers, "pursue_decision": decision, **more})


def prioritize(run: Run) -> None:
    run.complete("identify_priority", REP, **RATINGS, priority="high", override_reason="We know them.")
    profile = {
        "expected_close_date": "2026-12-20",
        "amount": "65000",
        "win_probability": "70",
        "next_step": "Plan",
        "next_step_date": "2026-10-01",
    }
    run.complete("update_opportunity_profile", REP, **profile)


def the_deal(company: Company, run: Run) -> Opportunity:
    with company.database.read() as connection:
        return opportunities.get(connection, str(run.row()["business_key"]).partition(":")[2])


def handed_over(company: Company, run: Run) -> list[str]:
    with company.database.read() as connection:
        return [row.target_key for row in handovers.of_instance(connection, run.instance_id)]


def test_a_sale_goes_from_its_registration_over_a_plan_to_the_win_in_one_run(any_company: Company) -> None:
    customer = a_customer(any_company)
    run = any_company.start(AREA, f"user:{REP}", actor=REP)
    register(run, customer)
    answer(run, YES)
    assess(run)
    pursue(run)
    prioritize(run)
    deal = the_deal(any_company, run)
    assert (deal.status, run.open_tasks()) == ("active", ["review_customer_data"])

    work = Planning.of(any_company, deal, run)
    work.agree_all()
    work.track(customer_decision="won")
    run.complete("follow_up_gaps", REP)
    assert run.open_tasks() == ["propose_outcome"]
    run.complete(
        "propose_outcome", REP, outcome="won", outcome_date="2026-09-16", reason_codes=["W01"], actual_amount="65000"
    )
    run.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])
    reasons = [{"reason_code": "W01", "weight": "60"}]
    run.complete("analyse_win", REP, win_reasons=reasons, decisive_factor="Uptime", enter_order="false")
    run.complete("confirm_follow_up_done", REP, all_done="true")

    assert run.ended_at("end_done")
    assert the_deal(any_company, run).status == "closed"
    assert handed_over(any_company, run) == []


def test_a_deferred_sale_is_handed_to_key_account_planning(company: Company) -> None:
    run = company.start(AREA, f"user:{REP}", actor=REP)
    register(run, a_customer(company))
    answer(run, YES)
    assess(run)
    pursue(run, "defer")

    run.complete("defer_opportunity", REP, defer_reason="bad_timing", resume_date="2026-11-02", resume_note="Fair")

    assert run.ended_at("off_key_account")
    assert handed_over(company, run) == ["area-key-account-planning"]
    assert the_deal(company, run).status == "pended"


def test_a_sale_that_is_not_ripe_is_kept_for_later(company: Company) -> None:
    run = company.start(AREA, f"user:{REP}", actor=REP)
    register(run, a_customer(company))
    answer(run, {**NO, "timing": "true"})

    run.complete("set_nurture", REP, resume_date="2026-12-01", resume_note="New budget")

    assert run.ended_at("off_pended")
    deal = the_deal(company, run)
    assert company.running(deal, "manage-pended-opportunity").variables["resume_note"] == "New budget"


def test_a_duplicate_ends_without_a_next_step(company: Company) -> None:
    customer = a_customer(company)
    with company.database.write() as transaction:
        factories.an_opportunity(transaction.connection, "Third line", customer)
    run = company.start(AREA, f"user:{REP}", actor=REP)
    register(run, customer)

    run.complete("resolve_duplicate", REP, dup_action="discard")

    assert run.ended_at("end_merged")


def test_a_refused_closure_goes_on_with_what_the_pursuit_needs(company: Company) -> None:
    run = company.start(AREA, f"user:{REP}", actor=REP)
    register(run, a_customer(company), amount="800000")
    answer(run, NO, "none")
    assert run.open_tasks() == ["propose_outcome"]

    run.complete("propose_outcome", REP, outcome="disqualified", outcome_date="2026-09-16", reason_codes=["Q03"])
    run.complete("approve_closure", MANAGER, decision="reject", comment="It fits")

    assert run.ended_at("off_reprioritize")
    assert handed_over(company, run) == ["prioritize-opportunity"]


def test_a_refused_closure_of_a_planned_deal_goes_on_with_its_plan(company: Company) -> None:
    deal = company.opportunity(
        status="draft", stage=None, amount=Decimal("800000"), sales_mode="tender", fast_track=True, rfp=True,
        pursue_decision="pursue",
    )  # fmt: skip
    run = company.start(AREA, deal.business_key, actor=REP)
    run.complete(
        "register_opportunity",
        REP,
        **{
            "name": deal.name,
            "source": "rfp",
            "need": "A line",
            "est_amount": "800000",
            "est_close_date": "2026-12-01",
            "sales_mode": "tender",
            "account": run_account(company, deal),
        },
    )
    answer(run, NO, "partial")
    assert run.open_tasks() == ["identify_priority"]
    run.complete("identify_priority", REP, **RATINGS, priority="high", override_reason="We know them.")
    run.complete("review_priority", MANAGER, decision="approve")
    profile = {"expected_close_date": "2026-12-20", "amount": "800000", "win_probability": "70", "next_step": "Plan"}
    run.complete("update_opportunity_profile", REP, **profile, next_step_date="2026-10-01")
    with company.database.write() as transaction:
        add_contacts(transaction.connection, deal.account_id)
    work = Planning.of(company, company.now(deal), run)
    work.amount = "800000"
    work.agree_all()
    work.track(customer_decision="lost")
    run.complete("follow_up_gaps", REP)
    run.complete("propose_outcome", REP, outcome="lost", outcome_date="2026-09-16", reason_codes=["L01"])
    run.complete("clear_open_items", REP, settlements=[{"resolution": "close"}])

    run.complete("approve_closure", MANAGER, decision="reject", comment="Talk to the board")

    assert run.ended_at("off_keep_working")
    assert company.now(deal).status == "active"
    assert handed_over(company, run) == ["develop-update-opportunity-plan"]


def run_account(company: Company, deal: Opportunity) -> str:
    with company.database.read() as connection:
        return f"account:{accounts.by_id(connection, deal.account_id).number}"


def test_the_stage_alone_ends_where_an_assessment_says_no(company: Company) -> None:
    run = company.start(STAGE, f"user:{REP}", actor=REP)
    register(run, a_customer(company))
    answer(run, YES)

    assess(run, "drop")

    assert run.ended_at("end_returned")
    assert run.variables["next_key"] == "close-opportunity"
    assert run.variables["next_payload"]["proposed_outcome"] == "disqualified"
    assert handed_over(company, run) == []


def test_the_stage_about_a_record_that_is_missing_asks_operations(company: Company) -> None:
    run = company.start(STAGE, "opportunity:OPP-9999", actor=REP)

    assert run.open_tasks() == ["mr_resolve_missing_record"]
