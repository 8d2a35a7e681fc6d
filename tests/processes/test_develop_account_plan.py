"""3.3.1.1.3 Develop Account Plan, from end to end: the test paths of the catalogue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm import access, account_plans, account_profiles, opportunity_ideas, plan_actions, plan_objectives
from crm.account_plans import AccountPlan
from crm.accounts import Account
from engine import handovers
from engine.errors import InvalidForm
from engine.testing import Run
from tests.account_planning import a_contact, a_plan, a_valid_profile, an_account, plan_now
from tests.company import MANAGER, REGIONAL, REP, Company, any_company, company

__all__ = ["any_company", "company"]

KEY = "develop-account-plan"
EXPERT, START_DAY = "exp.ann", date(2026, 9, 16)
START = {"period_start": "2027-01-01", "period_end": "2027-12-31", "vision": "First choice in two plants."}
BUSINESS = {
    "drivers": [{"driver": "Energy cost", "effect": "Efficient drives sell"}],
    "initiatives": [{"initiative": "Second plant", "sponsor": "COO", "timing": "2027", "our_fit": "4"}],
    "customer_csf": [{"factor": "Up-time", "measure": "Hours per year"}],
    "swot": "Strong in plant 1, unknown in plant 2.",
}
IDEAS = [
    {"unit": "Plant 2", "product": "Drive 4", "est_value": "1000000", "timing": "Q2", "create_opportunity": "true"},
    {"unit": "Plant 1", "product": "Service", "est_value": "500000", "create_opportunity": "false"},
]
REVENUE = {"type": "revenue", "measure": "Won amount", "target": "150000", "due": "2027-12-31", "owner": REP}
SHARE = {
    "type": "share",
    "measure": "Share of wallet",
    "baseline": "40",
    "target": "55",
    "due": "2027-12-31",
    "owner": REP,
}
VISIT = {"action": "Visit plant 2", "type": "sales_call", "objective": "Won amount", "owner": REP, "due": "2027-02-01"}


def begin(company: Company, tier: str, **fields: Any) -> tuple[Run, Account]:
    customer = an_account(company, tier=tier, **fields)
    a_valid_profile(company, customer)
    return company.start(KEY, f"account:{customer.number}", actor=REP), customer


def finish(run: Run, *objectives: dict[str, str], sponsor: str = "true") -> None:
    """From the objectives to the check of readiness."""
    run.complete("set_objectives", REP, objectives=list(objectives))
    strategy = {"objective": objectives[0]["measure"], "strategy": "Win plant 2 with service", "rationale": "Trust"}
    run.complete("define_strategies", REP, strategies=[strategy])
    run.complete("build_action_plan", REP, actions=[VISIT | {"objective": objectives[0]["measure"]}])
    resources = [{"role": "Engineer", "days": "20", "ok": "true"}]
    run.complete("confirm_resources", "ops.one", resources=resources, budget="20000", sponsor_confirmed=sponsor)


def review(run: Run, by: str, **answers: str) -> None:
    run.complete("hold_review", REP, minutes="Discussed.")
    run.complete("decide_on_plan", by, **answers)


def the_plan(company: Company, customer: Account) -> AccountPlan:
    with company.database.read() as connection:
        found = account_plans.current(connection, customer.id)
    assert found is not None
    return found


def test_a_full_plan_is_written_reviewed_and_put_to_work(any_company: Company) -> None:
    run, customer = begin(any_company, "KEY")
    contact = a_contact(any_company, customer)
    assert run.events("task.skipped")[0].element == "refresh_profile"
    assert run.variables["period_end"] == date(2029, 9, 30)

    run.complete("start_plan", REP, **START, contributors=[EXPERT])
    assert sorted(run.open_tasks()) == ["analyse_customer_business", "analyse_relationships", "contribute_sections"]
    run.complete("analyse_customer_business", REP, **BUSINESS)
    goal = {"contact": contact, "from": "2", "to": "4", "owner": REP}
    position = {"competitor": "Northgear", "position": "Plant 2", "our_answer": "Service"}
    run.complete("analyse_relationships", REP, relationship_goals=[goal], competitor_positions=[position])
    run.complete("contribute_sections", EXPERT, section="Technology", input="Drive 4 fits plant 2.")
    run.complete("find_white_space", REP, ideas=IDEAS)
    finish(run, REVENUE, SHARE)

    assert run.variables["readiness"] == "ready"
    assert run.variables["coverage_ratio"] == Decimal("2.00")  # a fifth of 1,500,000 over 150,000
    run.complete("schedule_review", REP, review_date="2026-10-20T10:00:00+08:00", reviewers=[EXPERT])
    marks = dict.fromkeys(("customer_environment", "strategy_execution", "learning"), "15")
    marks |= {"financials": "8", "relationship": "20", "resources": "9"}
    run.complete("review_by_peers", EXPERT, **marks, comments="Sound.")
    review(run, REGIONAL, decision="approve")

    assert run.ended_at("off_execute")
    plan = the_plan(any_company, customer)
    assert (plan.status, plan.period, plan.depth, plan.completeness_pct) == ("active", "2027", "full", Decimal(100))
    assert plan.next_review_on == date(2026, 12, 16)
    assert plan.contributions == [
        {"by": EXPERT, "section": "Technology", "input": "Drive 4 fits plant 2.", "attachments": None}
    ]
    with any_company.database.read() as connection:
        waiting = handovers.of_instance(connection, run.instance_id)
        ideas = opportunity_ideas.of_plan(connection, plan.id)
        (action,) = plan_actions.of_plan(connection, plan_actions.ACCOUNT_PLAN, plan.id)
        objectives = plan_objectives.of_plan(connection, plan.id)
        reader = access.reader(connection, EXPERT, START_DAY)
        assert access.may_read(connection, reader, plan.business_key)
    assert {(one.target_key, one.business_key) for one in waiting} == {
        ("execute-account-plan", plan.business_key),
        ("pre-qualify-opportunity", f"account:{customer.number}"),
    }
    assert [one.started_at is not None for one in ideas] == [True, False]
    assert (action.text, action.objective, action.due, action.status) == (
        "Visit plant 2", "Won amount", date(2027, 2, 1), "open",
    )  # fmt: skip
    assert [(one.type, one.target) for one in objectives] == [("revenue", Decimal(150000)), ("share", Decimal(55))]


def test_a_short_plan_skips_relationships_and_experts(company: Company) -> None:
    run, customer = begin(company, "MAINTAIN")

    run.complete("start_plan", REP, **START, contributors=[EXPERT])
    assert run.open_tasks() == ["analyse_customer_business"]
    run.complete("analyse_customer_business", REP, **BUSINESS)
    run.complete("find_white_space", REP, ideas=IDEAS)
    finish(run, REVENUE, sponsor="false")
    assert run.open_tasks() == ["hold_review"]
    review(run, MANAGER, decision="approve")

    assert run.ended_at("off_execute")
    assert the_plan(company, customer).review_cycle == "P6M"


def test_a_plan_that_is_not_ready_goes_back_to_its_objectives(company: Company) -> None:
    run, customer = begin(company, "MAINTAIN")
    run.complete("start_plan", REP, **START)
    run.complete("analyse_customer_business", REP, **BUSINESS)
    run.complete("find_white_space", REP, ideas=IDEAS)

    finish(run, SHARE)

    assert (run.open_tasks(), run.variables["mandatory_gap"]) == (["set_objectives"], True)
    assert run.variables["plan_lacks"] == ["revenue_objective"]
    finish(run, REVENUE)
    assert run.open_tasks() == ["hold_review"]
    with company.database.read() as connection:
        found = plan_objectives.of_plan(connection, the_plan(company, customer).id)
    assert [one.type for one in found] == ["revenue"]


def test_a_rejected_plan_ends_and_a_rework_comes_back(company: Company) -> None:
    run, customer = begin(company, "SELECTIVE")
    run.complete("start_plan", REP, **START)
    run.complete("analyse_customer_business", REP, **BUSINESS)
    run.complete("find_white_space", REP, ideas=IDEAS)
    finish(run, REVENUE)
    review(run, MANAGER, decision="reject", reject_kind="rework", comment="More.")
    assert (run.open_tasks(), the_plan(company, customer).status) == (["set_objectives"], "draft")

    finish(run, REVENUE)
    plan = the_plan(company, customer)
    review(run, MANAGER, decision="reject", reject_kind="stop", comment="We leave.")

    assert run.ended_at("end_rejected")
    assert plan_now(company, plan).status == "retired"


def test_an_opportunistic_account_needs_no_plan(company: Company) -> None:
    run, customer = begin(company, "OPPORTUNISTIC")

    assert run.ended_at("end_no_plan")
    with company.database.read() as connection:
        assert account_plans.current(connection, customer.id) is None


def test_without_a_tier_table_d03_says_how_deep_the_plan_goes(company: Company) -> None:
    run = company.start(KEY, f"account:{an_account(company, credit_standing='hold').number}", actor=REP)

    assert run.variables["tier"] == "OPPORTUNISTIC"


def test_an_old_profile_is_refreshed_first(company: Company) -> None:
    customer = an_account(company, tier="GROWTH")
    run = company.start(KEY, f"account:{customer.number}", actor=REP)
    assert "collect_company_information" in run.open_tasks()

    a_contact(company, customer)
    run.complete("add_market_intelligence", "mkt.bo", industry_trends="x", competitors_present=[{"competitor": "N"}])

    with company.database.read() as connection:
        assert account_profiles.published(connection, customer.id) is None
    assert "start_plan" not in run.open_tasks()


def test_the_next_plan_follows_the_one_in_use_and_ends_it_when_published(company: Company) -> None:
    customer = an_account(company, tier="MAINTAIN")
    a_valid_profile(company, customer)
    old = a_plan(company, customer, status="active")
    with company.database.read() as connection:
        assert account_plans.to_be_renewed(connection, date(2026, 10, 31)) == ()
        assert account_plans.to_be_renewed(connection, date(2026, 11, 1)) == (customer.number,)
    run = company.start(KEY, f"account:{customer.number}", actor=REP)
    assert (run.variables["period_start"], run.variables["period_end"]) == (date(2027, 1, 1), date(2027, 12, 31))

    run.complete("start_plan", REP, **START)
    run.complete("analyse_customer_business", REP, **BUSINESS)
    run.complete("find_white_space", REP, ideas=IDEAS)
    finish(run, REVENUE)
    review(run, MANAGER, decision="approve")

    assert (plan_now(company, old).status, the_plan(company, customer).status) == ("expired", "active")


@pytest.mark.parametrize(
    ("step", "answers", "field"),
    [
        ("start_plan", START | {"period_end": "2026-12-31"}, "period_end"),
        ("find_white_space", {"ideas": [IDEAS[0], IDEAS[0]]}, "ideas.1.product"),
        ("set_objectives", {"objectives": [REVENUE, REVENUE]}, "objectives.1.measure"),
        ("set_objectives", {"objectives": [REVENUE | {"due": "2028-01-01"}]}, "objectives.0.due"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_field(
    company: Company, step: str, answers: dict[str, Any], field: str
) -> None:
    run, _ = begin(company, "MAINTAIN")
    before: dict[str, dict[str, Any]] = {
        "start_plan": START,
        "analyse_customer_business": BUSINESS,
        "find_white_space": {"ideas": IDEAS},
    }
    for earlier, given in before.items():
        if earlier == step:
            break
        run.complete(earlier, REP, **given)

    with pytest.raises(InvalidForm) as refused:
        run.complete(step, REP, **answers)

    assert list(refused.value.errors) == [field]


def test_a_plan_that_takes_longer_than_thirty_days_is_told_to_the_manager(company: Company) -> None:
    run, _ = begin(company, "MAINTAIN")

    run.pass_time(timedelta(days=31))

    assert "notify_manager" in run.path()
