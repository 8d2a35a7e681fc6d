"""3.3.1 Key Account Planning & Management and its stages 3.3.1.1 and 3.3.1.2 (twice), from end to end."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm import account_plans
from crm.account_plans import AccountPlan
from crm.accounts import Account
from engine import handovers, messages, user_tasks
from engine.testing import Run
from tests.account_planning import a_plan, a_valid_profile, an_account, plan_now, running
from tests.company import MANAGER, OPERATIONS, REGIONAL, REP, START, Company, company

__all__ = ["company"]

AREA, DEFINE = "area-key-account-planning", "stage-define-account-plan"
OBJECTIVE = {"type": "revenue", "measure": "Won amount", "target": "1000", "due": "2027-12-31", "owner": REP}
ACTION = {"action": "Visit", "type": "internal", "objective": "Won amount", "owner": REP, "due": "2027-02-01"}
FEEDBACK = {"held": "true", "feedback": "Content."}


def a_customer(company: Company, name: str = "Hengli Machinery", **fields: Any) -> Account:
    customer = an_account(company, name, **{"tier": "MAINTAIN", **fields})
    a_valid_profile(company, customer)
    return customer


def write_plan(run: Run, year: int = 2027, **decision: str) -> None:
    """A short plan, from its start to the manager's decision."""
    period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    run.complete("start_plan", REP, **period, vision="First choice.")
    run.complete("analyse_customer_business", REP, drivers=[{"driver": "Cost"}], initiatives=[{"initiative": "Plant"}],
                 customer_csf=[{"factor": "Up-time"}], swot="Strong.")  # fmt: skip
    run.complete("find_white_space", REP, ideas=[{"unit": "Plant 2", "product": "Drive", "est_value": "9000"}])
    run.complete("set_objectives", REP, objectives=[OBJECTIVE | {"due": f"{year}-12-31"}])
    run.complete("define_strategies", REP, strategies=[{"objective": "Won amount", "strategy": "Service first"}])
    run.complete("build_action_plan", REP, actions=[ACTION | {"due": f"{year}-12-01"}])
    run.complete("confirm_resources", OPERATIONS, budget="100")
    run.complete("hold_review", REP, minutes="Discussed.")
    run.complete("decide_on_plan", MANAGER, **(decision or {"decision": "approve"}))


def the_plan(company: Company, customer: Account) -> AccountPlan:
    with company.database.read() as connection:
        found = account_plans.in_use(connection, customer.id)
    assert found is not None
    return found


def run_plan(run: Run, company: Company, customer: Account) -> None:
    """One run of the plan, until its review is due."""
    run.complete("brief_team", REP, kick_off_date="2026-09-20")
    until = the_plan(company, customer).next_review_on
    assert until is not None
    while company.clock.now().date() < until:
        run.pass_time(timedelta(days=31))
        run.complete("review_progress", REP, rag="green")


def go_red(run: Run) -> None:
    """A run of a plan that is behind, until the manager of the region is asked."""
    run.complete("brief_team", REP, kick_off_date="2026-09-20")
    run.pass_time(timedelta(days=31))
    run.complete("review_progress", REP, rag="amber")
    run.complete("remove_blockers", MANAGER, decision_note="We look at it.")
    run.complete("gather_customer_feedback", REP, **FEEDBACK)
    run.complete("analyse_causes", REP, causes=[{"objective": "Won amount", "cause": "No orders."}])


def test_an_account_is_planned_worked_and_checked_until_its_plan_is_retired(company: Company) -> None:
    customer = a_customer(company)
    run = company.start(AREA, f"account:{customer.number}", actor=REP)
    assert run.open_tasks() == ["start_plan"]

    write_plan(run, 2026)
    plan = the_plan(company, customer)
    assert (run.open_tasks(), plan.status) == (["brief_team"], "active")
    go_red(run)
    run.complete("decide_recovery", REGIONAL, decision="approve")
    revised = [{"objective": "Won amount", "strategy": "Service first"}]
    objectives, actions = [OBJECTIVE | {"due": "2026-12-31"}], [ACTION | {"due": "2026-12-01"}]
    run.complete("revise_plan", REP, objectives=objectives, strategies=revised, actions=actions)
    run.complete("hold_review", REP, minutes="Discussed.")
    run.complete("decide_on_plan", MANAGER, decision="approve")
    assert run.open_tasks() == ["brief_team"]  # the same plan goes on
    go_red(run)
    run.complete("decide_recovery", REGIONAL, decision="reject", comment="We leave.")

    assert run.ended_at("end_retired")
    assert plan_now(company, plan).status == "retired"
    with company.database.read() as connection:
        assert handovers.of_instance(connection, run.instance_id) == []  # the area itself routes


def test_an_account_without_an_approved_plan_is_not_worked(company: Company) -> None:
    run = company.start(AREA, f"account:{a_customer(company).number}", actor=REP)

    write_plan(run, decision="reject", reject_kind="stop", comment="No.")

    assert run.ended_at("end_no_plan")


def test_an_account_event_is_checked_first_and_a_new_period_defines_a_new_plan(company: Company) -> None:
    customer = a_customer(company)
    a_plan(company, customer, status="active", approved_at=START, period_end=date(2026, 9, 16))
    sent = messages.correlate(
        company.engine, "account.trigger_event", f"account:{customer.number}", {"trigger_event": "none"}
    )
    run = running(company, f"account:{customer.number}", AREA)
    assert sent.instances == (run.instance_id,)

    run.complete("gather_customer_feedback", REP, **FEEDBACK)

    assert run.open_tasks() == ["start_plan"] and "gw_cycle" in run.path()


def test_the_yearly_cycle_of_many_accounts_releases_each_plan(company: Company) -> None:
    one, other = a_customer(company, "One"), a_customer(company, "Other", tier="KEY", is_target=True)
    run = company.start(AREA, f"user:{OPERATIONS}", actor=OPERATIONS)
    weights = [{"weight": str(row["weight"])} for row in _usual(run, company)]
    parameters = {"period": "2027", "scope": ["region"], "regions": ["East"], "min_score": "0"}
    run.complete("set_selection_parameters", OPERATIONS, **parameters, weights=weights, max_key_accounts_per_rep="5")
    run.complete("nominate", REP, nominations=[{"account": f"account:{one.number}", "choice": "add"}])
    run.complete("add_market_view", "mkt.bo")
    proposal = [{"account": f"account:{one.number}", "tier": "MAINTAIN", "owner": REP}]
    run.complete("consolidate_list", OPERATIONS, proposal=proposal)
    user_tasks.pick_approver(company.engine, run.task_id("approve_target_list"), OPERATIONS, REGIONAL)
    run.complete("approve_target_list", REGIONAL, decision="approve")
    run.complete("assign_teams", REGIONAL, assignments=[{"owner": REP}])
    assert run.row()["business_key"] == f"user:{OPERATIONS}"

    write_plan(run)

    assert run.ended_at("end_no_plan")
    plan = the_plan(company, one)
    assert running(company, plan.business_key, "execute-account-plan").open_tasks() == ["brief_team"]
    with company.database.read() as connection:
        assert account_plans.current(connection, other.id) is None


def _usual(run: Run, company: Company) -> list[dict[str, Any]]:
    found = [event for event in run.events("step.done") if "usual_weights" in event.detail["variables"]]
    rows: list[dict[str, Any]] = found[0].detail["variables"]["usual_weights"]
    return rows


def test_without_target_accounts_nothing_is_planned(company: Company) -> None:
    a_customer(company)
    run = company.start(DEFINE, f"user:{OPERATIONS}", actor=OPERATIONS)
    weights = [{"weight": str(row["weight"])} for row in _usual(run, company)]
    parameters = {"period": "2027", "scope": ["region"], "regions": ["East"], "min_score": "0"}
    run.complete("set_selection_parameters", OPERATIONS, **parameters, weights=weights, max_key_accounts_per_rep="5")
    run.complete("nominate", REP, nominations=[{"account": "account:ACC-0001", "choice": "drop"}])
    run.complete("add_market_view", "mkt.bo")
    proposal = [{"account": "account:ACC-0001", "tier": "MAINTAIN", "owner": REP}]
    run.complete("consolidate_list", OPERATIONS, proposal=proposal)
    user_tasks.pick_approver(company.engine, run.task_id("approve_target_list"), OPERATIONS, REGIONAL)
    run.complete("approve_target_list", REGIONAL, decision="approve", removed=["ACC-0001"])
    run.complete("assign_teams", REGIONAL)

    assert run.ended_at("end_no_target")


def test_the_stage_refreshes_an_old_profile_of_its_one_account(company: Company) -> None:
    customer = an_account(company, tier="MAINTAIN")

    run = company.start(DEFINE, f"account:{customer.number}", actor=REP)

    assert "collect_company_information" in run.open_tasks() and "identify_targets" not in run.path()


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("stage-execute-account-plan", "brief_team", "execute_plan"),
        ("stage-monitor-account-plan", "gather_customer_feedback", "monitor_plan"),
    ],
)
def test_the_other_stages_call_their_flow_for_the_plan_in_force(
    company: Company, key: str, first: str, last: str
) -> None:
    customer = a_customer(company)
    a_plan(company, customer, status="active", approved_at=START, next_review_on=date(2026, 10, 1))
    run = company.start(key, f"account:{customer.number}", actor=REP)
    assert run.open_tasks() == [first]

    if key == "stage-execute-account-plan":
        run_plan(run, company, customer)
    else:
        run.complete(first, REP, **FEEDBACK)

    assert run.ended_at("end_returned") and last in run.path()
    assert run.variables["next_key"] is not None
